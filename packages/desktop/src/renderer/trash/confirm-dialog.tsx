import type { ReactNode } from 'react';
import { messageOf } from '../lib/bridge.ts';
import { Dialog } from '../ui/dialog.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  readonly verb: string;
  readonly isDangerous: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks once more. It stays until what was asked for is done, which may take a while. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, verb, isDangerous, isPending, error, onConfirm, onClose, children } = props;
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error === null ? null : (
        <p className="error" role="alert">
          {messageOf(error)}
        </p>
      )}
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          {isPending ? 'Close' : 'Cancel'}
        </button>
        <button
          type="button"
          className={isDangerous ? 'button danger' : 'button primary'}
          aria-disabled={isPending}
          onClick={() => {
            if (!isPending) onConfirm();
          }}
        >
          {isPending ? 'In hand…' : verb}
        </button>
      </div>
    </Dialog>
  );
}
