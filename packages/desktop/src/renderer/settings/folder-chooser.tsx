import type { SyncedFolder } from '../../shared/settings.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';

/** The folders that are uploaded; one is added in the system's own dialog. */
export function FolderChooser({ folders }: { readonly folders: readonly SyncedFolder[] }) {
  const choose = useAction('folders.choose');
  return (
    <div className="stack">
      {folders.length === 0 ? null : (
        <ul className="rows" aria-label="Folders">
          {folders.map((folder) => (
            <FolderRow key={folder.path} folder={folder} />
          ))}
        </ul>
      )}
      <button
        type="button"
        className="button"
        disabled={choose.isPending}
        onClick={() => choose.mutate(undefined)}
      >
        <Icon name="folder" /> {folders.length === 0 ? 'Choose a folder…' : 'Add another folder…'}
      </button>
    </div>
  );
}

function FolderRow({ folder: { path, prefix, ignored } }: { readonly folder: SyncedFolder }) {
  const remove = useAction('folders.remove');
  const include = useAction('folders.include');
  return (
    <li className="row">
      <Icon name="folder" />
      <div className="row-main">
        <p className="row-title">{path}</p>
        <p className="hint">
          On the server: <strong>{prefix}</strong>
        </p>
        {ignored.map((localPath) => (
          <p key={localPath} className="hint">
            Ignored: {localPath}{' '}
            <button
              type="button"
              className="link"
              aria-label={`Upload it again: ${localPath}`}
              onClick={() => include.mutate({ folder: path, localPath })}
            >
              Upload it again
            </button>
          </p>
        ))}
      </div>
      <button
        type="button"
        className="button"
        aria-label={`Remove ${path}`}
        onClick={() => remove.mutate({ path })}
      >
        Remove
      </button>
    </li>
  );
}
