import { needsPerson } from '@instashare/sync';
import type { Health } from '../shared/app-state.ts';

/** How one folder stands: as its engine says, and why everything waits, when it does. */
export interface FolderStanding {
  readonly phase: 'scanning' | 'uploading' | 'waiting' | 'paused' | 'up_to_date' | 'failed';
  readonly waitReason: string | null;
  readonly problems: number;
  readonly heldDeletions: number;
}

export interface Standing {
  readonly isSignedIn: boolean;
  readonly needsLogin: boolean;
  readonly isServerAway: boolean;
  readonly folders: readonly FolderStanding[];
}

/** One word for all folders: what a person must know first. "Up to date" only when nothing else is true. */
export function deriveHealth({ isSignedIn, needsLogin, isServerAway, folders }: Standing): Health {
  if (!isSignedIn) return 'signed_out';
  if (needsLogin) return 'attention';
  const some = (is: (folder: FolderStanding) => boolean) => folders.some(is);
  if (some(({ phase }) => phase === 'failed')) return 'attention';
  if (some(({ phase }) => phase === 'paused')) return 'paused';
  if (some(({ waitReason }) => needsPerson(waitReason))) return 'attention';
  if (isServerAway || some(({ waitReason }) => waitReason === 'offline')) return 'offline';
  if (some(({ phase }) => phase === 'waiting')) return 'waiting';
  if (some(({ phase }) => phase === 'uploading')) return 'uploading';
  if (some(({ phase }) => phase === 'scanning')) return 'scanning';
  return some(({ problems, heldDeletions }) => problems > 0 || heldDeletions > 0)
    ? 'attention'
    : 'up_to_date';
}
