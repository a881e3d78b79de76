import { useState } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { Settings } from '../../shared/settings.ts';
import { useAppInfo } from '../lib/hooks.ts';
import { AccountStep } from './account-step.tsx';
import { FolderStep } from './folder-step.tsx';
import { ServerStep } from './server-step.tsx';

const STEPS = ['Server', 'Account', 'Folders'] as const;

interface SetupProps {
  readonly state: AppState;
  readonly settings: Settings;
}

/** Server, account, folders. Who was here before finds their folders chosen, and says again that they are meant. */
export function Setup({ state, settings }: SetupProps) {
  const [server, setServer] = useState<string | null>(settings.server);
  const step = state.account !== null ? 2 : server !== null ? 1 : 0;
  return (
    <main className="setup">
      <header>
        <p className="brand">Instashare</p>
        <ol className="steps" aria-label="Steps">
          {STEPS.map((name, index) => (
            <li key={name} aria-current={index === step ? 'step' : undefined} data-done={index < step}>
              <span className="step-number">{index + 1}</span> {name}
              {index < step ? <span className="visually-hidden">, done</span> : null}
            </li>
          ))}
        </ol>
      </header>
      <section className="card">
        <DamagedNote />
        {step === 2 ? (
          <FolderStep settings={settings} />
        ) : server === null ? (
          <ServerStep onDone={setServer} />
        ) : (
          <AccountStep server={server} deviceName={settings.deviceName} onBack={() => setServer(null)} />
        )}
      </section>
    </main>
  );
}

/** Else it would look as if the app had forgotten its folders by itself. */
function DamagedNote() {
  const path = useAppInfo()?.damagedSettings ?? null;
  if (path === null) return null;
  return (
    <p className="hint note" role="alert">
      Your settings could not be read. Nothing on the server is lost: log in and choose your folders once
      more. What was there is kept in {path}.
    </p>
  );
}
