import { useRef } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import { useAction, useSettings } from '../lib/hooks.ts';
import { Icon } from '../ui/icon.tsx';

/** The two things that one may want to do about how it stands. */
export function HeroActions({ pausedBy }: Pick<AppState, 'pausedBy'>) {
  const pause = useAction('sync.pause');
  const resume = useAction('sync.resume');
  const syncNow = useAction('sync.now');
  const toggle = useRef<HTMLButtonElement>(null);
  const isPaused = (useSettings()?.pausedUntilMs ?? null) !== null;
  const pauseForAnHour = () => {
    pause.mutate({ minutes: 60 });
    // Its button goes away: the one that undoes it is the other.
    toggle.current?.focus();
  };
  return (
    <div className="hero-actions">
      {isPaused || pausedBy !== null ? null : (
        <button
          type="button"
          className="button"
          disabled={syncNow.isPending}
          onClick={() => syncNow.mutate(undefined)}
        >
          Sync now
        </button>
      )}
      {isPaused ? null : (
        <button type="button" className="button" onClick={pauseForAnHour}>
          Pause for an hour
        </button>
      )}
      <button
        ref={toggle}
        type="button"
        className={isPaused ? 'button primary' : 'button'}
        onClick={() => (isPaused ? resume.mutate(undefined) : pause.mutate({ minutes: null }))}
      >
        <Icon name={isPaused ? 'play' : 'pause'} /> {isPaused ? 'Resume' : 'Pause'}
      </button>
    </div>
  );
}
