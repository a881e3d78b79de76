import { useState } from 'react';
import { AppFailure } from '../../shared/app-failure.ts';
import type { FileRow } from '../../shared/file-row.ts';
import { messageOf } from '../lib/bridge.ts';
import { useAction } from '../lib/hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';

interface MoveDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
  readonly onMoved: (file: FileRow) => void;
}

/** A path is a name and its folders: changing the one renames, changing the other moves. */
export function MoveDialog({ file, onClose, onMoved }: MoveDialogProps) {
  const [path, setPath] = useState(file.path);
  const [error, setError] = useState<unknown>(null);
  const move = useAction('files.move', {
    onError: setError,
    onDone: (moved) => {
      onMoved(moved);
      onClose();
    },
  });
  const suggestion = error instanceof AppFailure ? error.suggestedPath : undefined;
  return (
    <Dialog title="Rename or move" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setError(null);
          move.mutate({ id: file.id, path: path.trim() });
        }}
      >
        <Field
          label="Path on the server"
          value={path}
          onChange={(event) => setPath(event.target.value)}
          spellCheck={false}
          autoFocus
          hint="Folders are made by themselves: Photos/2026/beach.jpg"
          error={error === null ? undefined : messageOf(error)}
        />
        {suggestion === undefined ? null : (
          <button type="button" className="link" onClick={() => setPath(suggestion)}>
            Use {suggestion}
          </button>
        )}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button
            type="submit"
            className="button primary"
            disabled={move.isPending || path.trim() === file.path}
          >
            Move
          </button>
        </div>
      </form>
    </Dialog>
  );
}
