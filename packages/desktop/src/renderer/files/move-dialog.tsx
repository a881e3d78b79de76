import type { FileRow } from '../../shared/file-row.ts';
import { useDialogAction } from '../lib/use-dialog-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { PathForm } from './path-form.tsx';

interface MoveDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
  readonly onMoved: (file: FileRow) => void;
}

/** A path is a name and its folders: changing the one renames, changing the other moves. */
export function MoveDialog({ file, onClose, onMoved }: MoveDialogProps) {
  const move = useDialogAction('files.move', {
    onDone: (moved) => {
      onMoved(moved);
      onClose();
    },
    describe: ({ path }) => `It is ${path} now.`,
  });
  return (
    <Dialog title="Rename or move" onClose={onClose}>
      <PathForm
        path={file.path}
        verb="Move"
        takesSame={false}
        {...move}
        onSubmit={(path) => move.run({ id: file.id, path })}
        onClose={onClose}
      />
    </Dialog>
  );
}
