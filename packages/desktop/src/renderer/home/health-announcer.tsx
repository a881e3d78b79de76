import type { AppState } from '../../shared/app-state.ts';
import { describeHealth } from '../../shared/describe-health.ts';

/** Reads out how it stands when that changes, wherever one is in the window; not each file that is uploaded. */
export function HealthAnnouncer({ state }: { readonly state: AppState }) {
  return (
    <p className="visually-hidden" role="status">
      {state.health === 'uploading' ? 'Uploading' : describeHealth(state).title}
    </p>
  );
}
