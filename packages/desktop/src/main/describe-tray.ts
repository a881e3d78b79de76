import type { AppState, Health } from '../shared/app-state.ts';
import { describeHealth } from '../shared/describe-health.ts';
import type { UpdateState } from '../shared/update-state.ts';

export type TrayOffer = 'sync' | 'pause' | 'resume' | 'update';

/** What its menu offers: equal ones need not be made anew. */
export interface TrayMenu {
  readonly heading: string;
  readonly offers: readonly TrayOffer[];
  /** The newer one that is ready to be installed. */
  readonly version: string | null;
}

export interface TrayWords extends TrayMenu {
  readonly icon: string;
  readonly toolTip: string;
}

const ICON: Readonly<Record<Health, string>> = {
  signed_out: 'off',
  up_to_date: 'ok',
  scanning: 'busy',
  uploading: 'busy',
  waiting: 'off',
  offline: 'off',
  paused: 'paused',
  attention: 'attention',
};

/** The icon, its words and its menu. What counts up stands in the words, never in the menu. */
export function describeTray(state: AppState, newer: UpdateState): TrayWords {
  const { health, pausedBy, totalFiles } = state;
  const { title } = describeHealth(state);
  const version = newer.state === 'ready' ? newer.version : null;
  return {
    icon: ICON[health],
    toolTip: `Instashare: ${title}`,
    heading: health === 'uploading' && totalFiles > 0 ? 'Uploading' : title,
    offers: [...syncOffers(health, pausedBy), ...(version === null ? [] : (['update'] as const))],
    version,
  };
}

function syncOffers(health: Health, pausedBy: AppState['pausedBy']): readonly TrayOffer[] {
  if (pausedBy === 'person') return ['resume'];
  return health === 'signed_out' ? [] : ['sync', 'pause'];
}
