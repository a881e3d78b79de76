import type { AppState } from '../../shared/app-state.ts';
import { describeHealth } from '../../shared/describe-health.ts';
import { useAction, useSettings } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { HealthMark } from './health-mark.tsx';

/** How it stands, in one look, and the two things that one may want to do about it. */
export function StatusHero({ state }: { readonly state: AppState }) {
  const { title, detail } = describeHealth(state);
  const pause = useAction('sync.pause');
  const resume = useAction('sync.resume');
  const syncNow = useAction('sync.now');
  const isPaused = (useSettings()?.pausedUntilMs ?? null) !== null;
  return (
    <section className="hero" data-health={state.health} aria-label="Status">
      <HealthMark health={state.health} />
      <div className="hero-words" role="status">
        <h1>{title}</h1>
        <p>{detail}</p>
      </div>
      <div className="hero-actions">
        {isPaused ? (
          <button type="button" className="button primary" onClick={() => resume.mutate(undefined)}>
            <Icon name="play" /> Resume
          </button>
        ) : (
          <>
            {state.pausedBy === null ? (
              <button
                type="button"
                className="button"
                disabled={syncNow.isPending}
                onClick={() => syncNow.mutate(undefined)}
              >
                Sync now
              </button>
            ) : null}
            <button type="button" className="button" onClick={() => pause.mutate({ minutes: 60 })}>
              Pause for an hour
            </button>
            <button type="button" className="button" onClick={() => pause.mutate({ minutes: null })}>
              <Icon name="pause" /> Pause
            </button>
          </>
        )}
      </div>
      {state.health === 'uploading' ? (
        <ProgressBar
          label="All uploads"
          done={state.doneBytes + state.doneFiles}
          total={state.totalBytes + state.totalFiles}
        />
      ) : null}
    </section>
  );
}
