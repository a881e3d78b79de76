import { useState } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { useAction, useAppInfo, useKnownState, useSettings } from '../lib/hooks.ts';
import { Field } from '../ui/field.tsx';
import { useToast } from '../ui/toast-context.ts';
import { AccountSettings } from './account-settings.tsx';
import { FolderChooser } from './folder-chooser.tsx';
import { IgnoreRules } from './ignore-rules.tsx';
import { StartsAtLogin } from './starts-at-login.tsx';
import { UpdateSettings } from './update-settings.tsx';
import { UploadLimits } from './upload-limits.tsx';

export function SettingsPage() {
  const settings = useSettings();
  const { account } = useKnownState();
  if (settings === null || account === null) return null;
  return (
    <div className="page">
      <h1>Settings</h1>
      <section className="panel" aria-label="Folders">
        <h2>Folders</h2>
        <p className="hint">
          A folder that is removed here is not uploaded any more; its files stay where they are.
        </p>
        <FolderChooser folders={settings.folders} />
      </section>
      <IgnoreRules rules={settings.ignoreRules} />
      <UploadLimits settings={settings} />
      <Appearance settings={settings} />
      <ThisComputer settings={settings} />
      <UpdateSettings settings={settings} />
      <AccountSettings account={account} />
    </div>
  );
}

const THEMES: readonly { readonly theme: Settings['theme']; readonly label: string }[] = [
  { theme: 'system', label: 'As the system' },
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
];

function Appearance({ settings }: { readonly settings: Settings }) {
  const update = useAction('settings.update');
  return (
    <section className="panel" aria-label="Appearance">
      <h2>Appearance</h2>
      <fieldset className="choices">
        <legend className="visually-hidden">Colours</legend>
        {THEMES.map(({ theme, label }) => (
          <label key={theme} className="choice">
            <input
              type="radio"
              name="theme"
              checked={settings.theme === theme}
              onChange={() => update.mutate({ theme })}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </section>
  );
}

function ThisComputer({ settings }: { readonly settings: Settings }) {
  const update = useAction('settings.update');
  const info = useAppInfo();
  const toast = useToast();
  const exporting = useAction('diagnostics.export', {
    onDone: ({ isSaved }) => {
      if (isSaved) toast({ text: 'Saved. It holds no names of files and no secrets.' });
    },
  });
  return (
    <section className="panel" aria-label="This computer">
      <h2>This computer</h2>
      <DeviceName deviceName={settings.deviceName} />
      <label className="choice">
        <input
          type="checkbox"
          checked={settings.notifies}
          onChange={(event) => update.mutate({ notifies: event.target.checked })}
        />
        Tell me when a large upload is done, or when I am needed
      </label>
      <StartsAtLogin settings={settings} />
      {info?.canStartAtLogin === false ? (
        <p className="hint">Only an installed app can start by itself.</p>
      ) : null}
      <div className="actions">
        <button type="button" className="button" onClick={() => exporting.mutate(undefined)}>
          Export diagnostics…
        </button>
      </div>
    </section>
  );
}

function DeviceName({ deviceName }: Pick<Settings, 'deviceName'>) {
  const [name, setName] = useState(deviceName);
  const update = useAction('settings.update');
  return (
    <Field
      label="Name of this device"
      value={name}
      maxLength={200}
      hint="Shown in your list of log-ins, from the next log-in on."
      onChange={(event) => setName(event.target.value)}
      onBlur={() => {
        if (name.trim() !== '') update.mutate({ deviceName: name });
      }}
    />
  );
}
