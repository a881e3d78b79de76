import { type ReactNode, useCallback, useRef, useState } from 'react';
import { Icon } from './icon.tsx';
import { type Toast, ToastContext } from './toast-context.ts';

const SHOWN_MS = 8_000;

interface Shown extends Toast {
  readonly id: number;
}

/** Short messages at the foot of the window, read out by screen readers. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const lastId = useRef(0);
  const dismiss = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: Toast) => {
      lastId.current += 1;
      const id = lastId.current;
      setShown((all) => [...all.slice(-2), { ...toast, id }]);
      setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {shown.map(({ id, text, isError = false, action }) => (
          <div key={id} className={isError ? 'toast toast-error' : 'toast'}>
            <span>{text}</span>
            {action === undefined ? null : (
              <button
                type="button"
                className="link"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </button>
            )}
            <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
