import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icon.tsx';
import { ToastHost } from './toast-host.tsx';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What is asked for comes first, then the way out that changes nothing. */
const FIRST = ['input, textarea, select', '.actions button', 'button'];

/**
 * The browser's own modal dialog: it keeps the focus, and Escape closes it. Closed, the focus is again on what it was
 * opened from.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element>(null);
  const titleId = useId();
  useEffect(() => {
    opener.current ??= document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    const first = FIRST.map((selector) => dialog?.querySelector<HTMLElement>(selector)).find(Boolean);
    first?.focus();
    return () => {
      if (opener.current instanceof HTMLElement) opener.current.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        // Closed by the browser, it would be there unseen until the event after it, and what is shown in it meanwhile lost.
        event.preventDefault();
        onClose();
      }}
      onClose={onClose}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
      <ToastHost />
    </dialog>
  );
}
