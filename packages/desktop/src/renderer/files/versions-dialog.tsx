import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { VersionRow } from '../../shared/engine-procedures.ts';
import type { FileRow } from '../../shared/file-row.ts';
import { formatBytes, formatDate } from '../../shared/format.ts';
import { call, messageOf } from '../lib/bridge.ts';
import { useAction } from '../lib/hooks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useToast } from '../ui/toast-context.ts';

interface VersionsDialogProps {
  readonly file: FileRow;
  readonly onClose: () => void;
}

export function VersionsDialog({ file, onClose }: VersionsDialogProps) {
  const queries = useQueryClient();
  const toast = useToast();
  const key = ['versions', file.id];
  const versions = useQuery({
    queryKey: key,
    queryFn: () => call('files.versions', { id: file.id }),
    gcTime: 0,
  });
  const restore = useAction('files.restoreVersion', {
    onDone: () => {
      toast({ text: 'That version is the current one again.' });
      void queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Dialog title={`Versions of ${file.path.slice(file.path.lastIndexOf('/') + 1)}`} onClose={onClose}>
      {versions.error === null ? null : (
        <p className="error" role="alert">
          {messageOf(versions.error)}
        </p>
      )}
      {versions.data === undefined && versions.error === null ? (
        <p className="hint">Fetching the versions…</p>
      ) : null}
      <ul className="rows">
        {versions.data?.map((version) => (
          <VersionItem
            key={version.number}
            version={version}
            onRestore={() => restore.mutate({ id: file.id, version: version.number })}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function VersionItem({
  version,
  onRestore,
}: {
  readonly version: VersionRow;
  readonly onRestore: () => void;
}) {
  const { number, isCurrent, sizeBytes, createdAt } = version;
  return (
    <li className="row">
      <div className="row-main">
        <p className="row-title">Version {number}</p>
        <p className="hint">
          {formatDate(Date.parse(createdAt))} · {formatBytes(sizeBytes)}
        </p>
      </div>
      {isCurrent ? (
        <span className="hint">Current</span>
      ) : (
        <button type="button" className="button" aria-label={`Restore version ${number}`} onClick={onRestore}>
          Restore
        </button>
      )}
    </li>
  );
}
