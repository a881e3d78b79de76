import type { Settings } from '../../shared/settings.ts';
import { useAction } from '../lib/hooks.ts';
import { FolderChooser } from '../settings/folder-chooser.tsx';

export function FolderStep({ settings }: { readonly settings: Settings }) {
  const finish = useAction('setup.finish');
  const hasFolders = settings.folders.length > 0;
  return (
    <div>
      <h1>What shall be uploaded?</h1>
      <p className="lead">
        New and changed files in these folders go to the server by themselves. Nothing in them is ever
        changed.
      </p>
      <FolderChooser folders={settings.folders} />
      <div className="actions">
        <button type="button" className="button primary" onClick={() => finish.mutate(undefined)}>
          {hasFolders ? 'Start' : 'Skip for now'}
        </button>
      </div>
    </div>
  );
}
