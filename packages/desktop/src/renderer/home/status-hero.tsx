import type { AppState } from '../../shared/app-state.ts';
import { describeHealth } from '../../shared/describe-health.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { HealthMark } from './health-mark.tsx';
import { HeroActions } from './hero-actions.tsx';

/** How it stands, in one look, and what one may want to do about it. */
export function StatusHero({ state }: { readonly state: AppState }) {
  const { title, detail } = describeHealth(state);
  return (
    <section className="hero" data-health={state.health} aria-label="Status">
      <HealthMark health={state.health} />
      <div className="hero-words">
        <h1>{title}</h1>
        <p>{detail}</p>
      </div>
      <HeroActions pausedBy={state.pausedBy} />
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
