import type { FolderState } from '../../shared/app-state.ts';
import { formatBytes, formatCount } from '../../shared/format.ts';
import { useAction } from '../lib/hooks.ts';
import { Empty } from '../ui/empty.tsx';
import { Icon } from '../ui/icon.tsx';

export function FolderList({ folders }: { readonly folders: readonly FolderState[] }) {
  return (
    <section className="panel" aria-label="Folders">
      <h2>Folders</h2>
      {folders.length === 0 ? (
        <Empty icon="folder" title="No folder is uploaded">
          Add one in the settings, or drop files anywhere in this window.
        </Empty>
      ) : (
        <ul className="rows">
          {folders.map((folder) => (
            <FolderRow key={folder.path} folder={folder} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FolderRow({ folder }: { readonly folder: FolderState }) {
  const { path, prefix, files, sizeBytes, heldDeletions, failure } = folder;
  const show = useAction('folders.show');
  const confirm = useAction('sync.confirmDeletes');
  return (
    <li className="row">
      <Icon name="folder" />
      <div className="row-main">
        <p className="row-title">{path}</p>
        <p className={failure === null ? 'hint' : 'error'}>
          {failure ?? `${formatCount(files, 'file')}, ${formatBytes(sizeBytes)} in ${prefix} on the server`}
        </p>
        {heldDeletions > 0 ? (
          <p className="held">
            {formatCount(heldDeletions, 'file')} gone from this folder, kept on the server.{' '}
            <button type="button" className="link" onClick={() => confirm.mutate({ folder: path })}>
              Delete them there, too
            </button>
          </p>
        ) : null}
      </div>
      <button
        type="button"
        className="button"
        aria-label={`Show ${path}`}
        onClick={() => show.mutate({ folder: path, localPath: '' })}
      >
        Show
      </button>
    </li>
  );
}
