import { useState } from 'react';
import type { FileRow } from '../../shared/file-row.ts';
import { formatCount } from '../../shared/format.ts';
import { messageOf } from '../lib/bridge.ts';
import { useDialogAction } from '../lib/use-dialog-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { nameOf } from './use-open-file.ts';

interface LinkDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
}

/** null: until somebody ends it. */
const DAYS = [null, 1, 7, 30] as const;

export function LinkDialog({ file, onClose }: LinkDialogProps) {
  const [days, setDays] = useState<number | null>(null);
  const ends = days === null ? '' : ` It ends in ${formatCount(days, 'day')}.`;
  const copy = useDialogAction('files.copyLink', {
    onDone: onClose,
    describe: () => `The link is on the clipboard. Whoever has it can download the file.${ends}`,
    isAlwaysTold: true,
  });
  return (
    <Dialog title={`Link to ${nameOf(file)}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!copy.isPending) copy.run({ id: file.id, expiresInDays: days });
        }}
      >
        <fieldset className="choices">
          <legend className="hint">How long it works</legend>
          {DAYS.map((choice) => (
            <label key={choice} className="choice">
              <input type="radio" name="days" checked={days === choice} onChange={() => setDays(choice)} />
              {choice === null ? 'Always' : formatCount(choice, 'day')}
            </label>
          ))}
        </fieldset>
        {copy.error === null ? null : (
          <p className="error" role="alert">
            {messageOf(copy.error)}
          </p>
        )}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary">
            Copy link
          </button>
        </div>
      </form>
    </Dialog>
  );
}
