import { useAction, useUpdateState } from '../lib/hooks.ts';

/** A newer version is there: said once, in a line, and never in the way of anything. */
export function UpdateNote() {
  const update = useUpdateState();
  const install = useAction('update.install');
  if (update?.state !== 'ready') return null;
  return (
    <section className="panel panel-line" aria-label="Update">
      <p>
        Version {update.version} is ready.{' '}
        <span className="hint">
          {update.isInstalledOnQuit
            ? 'It is installed when you quit. Your folders go on by themselves.'
            : 'The system asks for your password to install it. Your folders go on by themselves.'}
        </span>
      </p>
      <button
        type="button"
        className="button"
        disabled={install.isPending}
        onClick={() => install.mutate(undefined)}
      >
        Restart and update
      </button>
    </section>
  );
}
