import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from './icon.tsx';
import type { ShownToast } from './toast-context.ts';

const SHOWN_MS = 8_000;
/** Longer where there is something to do about it. */
const SHOWN_WITH_ACTION_MS = 20_000;

interface ToastItemProps {
  readonly toast: ShownToast;
  readonly onDismiss: () => void;
}

/** It goes by itself, unless it tells of a failure, or while somebody is at it. */
export function ToastItem({ toast, onDismiss }: ToastItemProps) {
  const { text, isError = false, action } = toast;
  const [isHovered, setIsHovered] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const isStaying = isError || isHovered || isFocused;
  const onTimeout = useEffectEvent(onDismiss);
  const shownMs = action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS;
  useEffect(() => {
    if (isStaying) return;
    const timer = setTimeout(onTimeout, shownMs);
    return () => clearTimeout(timer);
  }, [isStaying, shownMs]);
  return (
    <div
      className={isError ? 'toast toast-error' : 'toast'}
      onMouseEnter={() => setIsHovered(true)}
      onMouseLeave={() => setIsHovered(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
    >
      <span>{text}</span>
      {action === undefined ? null : (
        <button
          type="button"
          className="link"
          onClick={() => {
            action.run();
            onDismiss();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
