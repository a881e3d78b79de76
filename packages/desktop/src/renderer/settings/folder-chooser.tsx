import type { SyncedFolder } from '../../shared/settings.ts';
import { useAction } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';

/** The folders that are uploaded; one is added in the system's own dialog. */
export function FolderChooser({ folders }: { readonly folders: readonly SyncedFolder[] }) {
  const choose = useAction('folders.choose');
  const remove = useAction('folders.remove');
  return (
    <div className="stack">
      {folders.length === 0 ? null : (
        <ul className="rows" aria-label="Folders">
          {folders.map(({ path, prefix }) => (
            <li key={path} className="row">
              <Icon name="folder" />
              <div className="row-main">
                <p className="row-title">{path}</p>
                <p className="hint">
                  On the server: <strong>{prefix}</strong>
                </p>
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
