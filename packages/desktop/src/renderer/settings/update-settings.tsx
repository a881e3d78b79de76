import { formatDate } from '../../shared/format.ts';
import type { Settings } from '../../shared/settings.ts';
import type { UpdateState } from '../../shared/update-state.ts';
import { useAction, useAppInfo, useUpdateState } from '../lib/hooks.ts';

/** Which version this is, and how it stands with a newer one. */
export function UpdateSettings({ settings }: { readonly settings: Settings }) {
  const info = useAppInfo();
  const update = useUpdateState();
  const change = useAction('settings.update');
  const check = useAction('update.check');
  const isPossible = update !== null && update.state !== 'impossible';
  const isBusy = update?.state === 'checking' || update?.state === 'loading' || update?.state === 'ready';
  return (
    <section className="panel" aria-label="Updates">
      <h2>Updates</h2>
      <p>
        This is Instashare {info?.version}.
        {update === null ? null : (
          <span className="hint" role="status">
            {' '}
            {wordsOf(update)}
          </span>
        )}
      </p>
      <label className="choice">
        <input
          type="checkbox"
          checked={settings.updatesItself && isPossible}
          disabled={!isPossible}
          onChange={(event) => change.mutate({ updatesItself: event.target.checked })}
        />
        Look for new versions, and get them ready
      </label>
      {isPossible ? (
        <div className="actions">
          <button type="button" className="button" disabled={isBusy} onClick={() => check.mutate(undefined)}>
            Look now
          </button>
        </div>
      ) : null}
    </section>
  );
}

function wordsOf(update: UpdateState): string {
  switch (update.state) {
    case 'impossible':
      return 'It can’t update itself where it runs from: get new versions where you got this one.';
    case 'idle':
      return update.checkedAtMs === null
        ? ''
        : `This is the newest, as of ${formatDate(update.checkedAtMs)}.`;
    case 'checking':
      return 'Looking for a newer version…';
    case 'loading':
      return `Getting version ${update.version}: ${update.percent} %.`;
    case 'ready':
      return `Version ${update.version} is ready. Restart on the Home page to install it.`;
    case 'failed':
      return update.message;
  }
}
