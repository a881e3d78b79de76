import { isSameOwner } from '../shared/settings.ts';
import { useAppState, useSettings } from './lib/hooks.ts';
import { Setup } from './setup/setup.tsx';
import { Shell } from './shell.tsx';
import { Empty } from './ui/empty.tsx';

/** The first run until it is finished, then the window. One who has logged out starts with the log-in again. */
export function App() {
  const state = useAppState();
  const settings = useSettings();
  if (state === null || settings === null)
    return (
      <main className="loading" aria-busy="true">
        <p className="hint">Starting…</p>
      </main>
    );
  if (state.engineFailure !== null && state.account === null)
    return (
      <main className="loading">
        <Empty icon="alert" title="Instashare can’t start">
          {state.engineFailure}
        </Empty>
      </main>
    );
  if (!isSameOwner(settings.owner, state.account)) return <Setup state={state} settings={settings} />;
  return <Shell />;
}
