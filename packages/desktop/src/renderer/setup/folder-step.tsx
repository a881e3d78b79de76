import { useEffect, useRef } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { useAction, useAppInfo } from '../lib/hooks.ts';
import { FolderChooser } from '../settings/folder-chooser.tsx';
import { StartsAtLogin } from '../settings/starts-at-login.tsx';

export function FolderStep({ settings }: { readonly settings: Settings }) {
  const finish = useAction('setup.finish');
  const info = useAppInfo();
  const title = useRef<HTMLHeadingElement>(null);
  // There is no field to begin with, and this is what there is to read.
  useEffect(() => title.current?.focus(), []);
  const hasFolders = settings.folders.length > 0;
  return (
    <div>
      <h1 ref={title} tabIndex={-1}>
        What shall be uploaded?
      </h1>
      <p className="lead">
        New and changed files in these folders go to the server by themselves. Nothing in them is ever
        changed.
      </p>
      <FolderChooser folders={settings.folders} />
      {info?.canStartAtLogin === true ? <StartsAtLogin settings={settings} /> : null}
      <div className="actions">
        <button type="button" className="button primary" onClick={() => finish.mutate(undefined)}>
          {hasFolders ? 'Start' : 'Skip for now'}
        </button>
      </div>
    </div>
  );
}
