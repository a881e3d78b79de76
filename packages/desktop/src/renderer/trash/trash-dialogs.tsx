import { formatBytes, formatCount } from '../../shared/format.ts';
import type { Restored } from '../../shared/trash-row.ts';
import { PathForm } from '../files/path-form.tsx';
import { useDialogAction } from '../lib/use-dialog-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { describeRestored } from './describe-restored.ts';

interface TrashDialogProps {
  readonly onClose: () => void;
}

interface PurgeDialogProps extends TrashDialogProps {
  readonly ids: readonly string[];
  readonly onPurged: () => void;
}

export function PurgeDialog({ ids, onPurged, onClose }: PurgeDialogProps) {
  const purge = useDialogAction('trash.purge', {
    onDone: () => {
      onPurged();
      onClose();
    },
    describe: ({ purged, failure }) =>
      `${formatCount(purged, 'file')} deleted for good.${failure === null ? '' : ` The rest is still there: ${failure}`}`,
    isAlwaysTold: true,
  });
  return (
    <ConfirmDialog
      title={`Delete ${formatCount(ids.length, 'file')} for good?`}
      verb="Delete for good"
      isDangerous
      {...purge}
      onConfirm={() => purge.run({ ids: [...ids] })}
      onClose={onClose}
    >
      <p>Nobody can bring back what is deleted for good: every version is gone, and links to it end.</p>
    </ConfirmDialog>
  );
}

interface EmptyDialogProps extends TrashDialogProps {
  readonly files: number;
  readonly sizeBytes: number;
  readonly onEmptied: () => void;
}

export function EmptyDialog({ files, sizeBytes, onEmptied, onClose }: EmptyDialogProps) {
  const empty = useDialogAction('trash.empty', {
    onDone: () => {
      onEmptied();
      onClose();
    },
    describe: (emptied) => `The trash is empty: ${formatCount(emptied.files, 'file')} deleted for good.`,
    isAlwaysTold: true,
  });
  return (
    <ConfirmDialog
      title="Empty the trash?"
      verb="Empty trash"
      isDangerous
      {...empty}
      onConfirm={() => empty.run(undefined)}
      onClose={onClose}
    >
      <p>
        This deletes {formatCount(files, 'file')} ({formatBytes(sizeBytes)}) for good, with every version, and
        whatever else has come into the trash by then. Nobody can bring that back.
      </p>
    </ConfirmDialog>
  );
}

interface TakenDialogProps extends TrashDialogProps {
  readonly taken: Restored['taken'];
  readonly onRestored: (ids: readonly string[]) => void;
}

/** Other files have come to lie where these were. */
export function TakenDialog({ taken, onRestored, onClose }: TakenDialogProps) {
  const [first] = taken;
  if (first === undefined) return null;
  return taken.length === 1 ? (
    <RestoreToDialog {...first} onRestored={onRestored} onClose={onClose} />
  ) : (
    <RestoreBesideDialog taken={taken} onRestored={onRestored} onClose={onClose} />
  );
}

interface RestoreToDialogProps extends TrashDialogProps {
  readonly id: string;
  readonly suggestedPath: string;
  readonly onRestored: TakenDialogProps['onRestored'];
}

function RestoreToDialog({ id, suggestedPath, onRestored, onClose }: RestoreToDialogProps) {
  const restore = useDialogAction('trash.restoreTo', {
    onDone: () => {
      onRestored([id]);
      onClose();
    },
    describe: () => '1 file restored.',
    isAlwaysTold: true,
  });
  return (
    <Dialog title="Where shall it be restored to?" onClose={onClose}>
      <p className="lead">Another file has its path by now.</p>
      <PathForm
        path={suggestedPath}
        verb="Restore"
        takesSame
        {...restore}
        onSubmit={(path) => restore.run({ id, path })}
        onClose={onClose}
      />
    </Dialog>
  );
}

function RestoreBesideDialog({ taken, onRestored, onClose }: TakenDialogProps) {
  const ids = taken.map(({ id }) => id);
  const restore = useDialogAction('trash.restore', {
    onDone: () => {
      onRestored(ids);
      onClose();
    },
    describe: (result) => describeRestored(result).text,
    isAlwaysTold: true,
  });
  return (
    <ConfirmDialog
      title={`${formatCount(taken.length, 'file')} could not go back`}
      verb="Restore under new names"
      isDangerous={false}
      {...restore}
      onConfirm={() => restore.run({ ids, underFreeNames: true })}
      onClose={onClose}
    >
      <p>Other files have their paths by now. They can be put beside those: “plan.txt” as “plan (2).txt”.</p>
    </ConfirmDialog>
  );
}
