import type { FileRow } from '../../shared/file-row.ts';
import { useAction } from '../lib/hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { nameOf } from './use-open-file.ts';

interface RefusedDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
}

export function RefusedDialog({ file, onClose }: RefusedDialogProps) {
  const download = useAction('files.downloadAndShow');
  return (
    <Dialog title={`${nameOf(file)} is not opened from here`} onClose={onClose}>
      <p>
        Files of this kind can run code on this computer. If you trust it, download it: it is shown in its
        folder, and you decide what becomes of it.
      </p>
      <div className="actions">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => {
            download.mutate({ id: file.id });
            onClose();
          }}
        >
          Download and show…
        </button>
      </div>
    </Dialog>
  );
}
