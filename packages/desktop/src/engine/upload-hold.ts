import { lookAtHours } from '@instashare/sync';
import type { EngineConfig } from './account.ts';
import { hoursOf } from './synced-folder.ts';
import type { Transfers } from './transfers.ts';

type Limits = Pick<EngineConfig, 'pausedBy' | 'hours'>;

/** Holds uploads by hand while the folders are held: by a pause, and outside the hours. */
export interface UploadHold extends Disposable {
  set(limits: Limits): void;
  readonly isHeld: boolean;
  /** When the hours for uploads begin; null within them. */
  readonly closedUntil: string | null;
}

/** Hours begin and end also while this computer sleeps, where a timer would be late. */
const LOOK_EVERY_MS = 1_000;

export function createUploadHold(transfers: Pick<Transfers, 'holdUploads'>, nowMs = Date.now): UploadHold {
  let limits: Limits = { pausedBy: null, hours: null };
  const isHeld = () => limits.pausedBy !== null || closedUntilOf(limits, nowMs()) !== null;
  const look = () => transfers.holdUploads(isHeld());
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    set(next) {
      limits = next;
      look();
    },
    get isHeld() {
      return isHeld();
    },
    get closedUntil() {
      return closedUntilOf(limits, nowMs());
    },
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

function closedUntilOf({ hours }: Limits, atMs: number): string | null {
  const wanted = hoursOf(hours);
  if (wanted === null) return null;
  const { isWithin, untilMs } = lookAtHours(wanted, atMs);
  return isWithin ? null : new Date(untilMs).toISOString();
}
