import type { AppState } from '../shared/app-state.ts';
import { formatCount } from '../shared/format.ts';

/** A burst of fewer files than this is not worth a word. */
const WORTH_TELLING_FILES = 10;

export interface News {
  readonly title: string;
  readonly body: string;
}

/** What is news between two states; null when there is nothing that a person needs to hear of. */
export function newsBetween(before: AppState, after: AppState): News | null {
  if (before.health === after.health) return null;
  if (after.health === 'attention') {
    const body =
      after.engineFailure ??
      (after.needsLogin ? 'Log in again to go on.' : (after.waitingFor ?? problemWords(after)));
    return { title: 'Instashare needs you', body };
  }
  if (
    after.health === 'up_to_date' &&
    before.health === 'uploading' &&
    before.totalFiles >= WORTH_TELLING_FILES
  )
    return { title: 'Up to date', body: `${formatCount(before.totalFiles, 'file')} uploaded.` };
  return null;
}

function problemWords({ problemCount }: AppState): string {
  return problemCount === 0
    ? 'Deleted files wait for you to confirm.'
    : `${formatCount(problemCount, 'file')} could not be uploaded.`;
}
