import { type Rest, restedMs, wasTouchedMeanwhile } from '../model/quiet-window.ts';
import type { OpenFile, SyncEnvironment } from './environment.ts';

/** What was stored so short a while ago, and has been touched again, is likely to be written bit by bit. */
const LATELY_MS = 60_000;
/** One that has rested for so long is read though it is open: some programs never close what they have written. */
const LONGEST_REST_MS = 10_000;
/** Since it was seen open first, though it is written to again and again. */
const PATIENCE_MS = { watch: 60_000, once: LONGEST_REST_MS } as const;

/** An item of the list, as far as it matters here. */
interface MayBeOpen {
  readonly path: string;
  readonly lane: string;
  readonly rest: Rest;
  /** Monotonic time since when it was seen to be open; null when it never was. */
  openSinceMs: number | null;
}

export interface OpenContext {
  readonly env: Pick<SyncEnvironment, 'clock' | 'state'>;
  readonly mode: 'once' | 'watch';
}

/**
 * Programs pause while they write: what has come to rest, but is still open for writing, is waited for a while longer.
 * To tell, the system looks through all open files, so it is asked only where that is likely.
 */
export async function isStillOpen(
  { env, mode }: OpenContext,
  item: MayBeOpen,
  file: OpenFile,
): Promise<boolean> {
  const now = env.clock.now();
  const openForMs = now.monotonicMs - (item.openSinceMs ?? now.monotonicMs);
  if (openForMs >= PATIENCE_MS[mode] || restedMs(item.rest.stat, now) >= LONGEST_REST_MS) return false;
  const isLikely =
    item.lane === 'large' ||
    wasTouchedMeanwhile(item.rest, now) ||
    (env.state.known(item.path)?.recordedAtMs ?? 0) > now.wallMs - LATELY_MS;
  if (!isLikely || !(await file.isOpenForWriting())) return false;
  item.openSinceMs ??= now.monotonicMs;
  return true;
}
