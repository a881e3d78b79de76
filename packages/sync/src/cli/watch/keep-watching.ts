import { setTimeout as delay } from 'node:timers/promises';
import { explain } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { WatchTarget } from './find-targets.ts';
import { findFolder } from './open-folder.ts';
import type { Watched } from './open-watched.ts';

/** A disk that was not there may be by then. */
const LOOK_AGAIN_MS = 5_000;

export interface KeepWatchingOptions {
  readonly target: WatchTarget;
  readonly open: (target: WatchTarget) => Promise<Watched>;
  /** Those that are open now. */
  readonly all: Set<Watched>;
}

/**
 * Uploads one of several folders as long as it can be read, and again when it can: what is wrong with it concerns no other.
 * Resolves when it is told to stop, and rejects for a fault of ours.
 */
export async function keepWatching(context: CommandContext, options: KeepWatchingOptions): Promise<void> {
  const { output, signal } = context;
  let told = '';
  while (!signal.aborted) {
    try {
      await watchOnce(context, options);
    } catch (error) {
      if (signal.aborted) return;
      const known = explain(error);
      if (known === undefined) throw error;
      const message = `${known.message}; it is looked for every ${LOOK_AGAIN_MS / 1000} seconds`;
      if (message !== told) output.error({ code: known.code, message, path: options.target.folder });
      told = message;
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function watchOnce(
  { signal }: CommandContext,
  { all, open, target }: KeepWatchingOptions,
): Promise<void> {
  await using watched = await open({ ...target, folder: await findFolder(target.folder) });
  all.add(watched);
  try {
    await untilStopped(watched, signal);
  } finally {
    all.delete(watched);
  }
}

/** Rejects when the folder can't be read at first; from then on its engine waits for it by itself. */
export async function untilStopped({ sync }: Watched, signal: AbortSignal): Promise<void> {
  const { promise: aborted, resolve: stop } = Promise.withResolvers<void>();
  if (signal.aborted) stop();
  else signal.addEventListener('abort', () => stop(), { once: true });
  // A run that had to be given up is over, though the scan may still wait for room.
  await Promise.race([Promise.all([sync.start(), sync.finished]), aborted]);
}
