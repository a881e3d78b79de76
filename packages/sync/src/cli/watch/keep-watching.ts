import { setTimeout as delay } from 'node:timers/promises';
import { CliError, diskFailure, explain } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../format.ts';
import type { WatchTarget } from './find-targets.ts';
import { findFolder } from './open-folder.ts';
import type { Watched } from './open-watched.ts';

/** A disk that was not there may be by then. */
const LOOK_AGAIN_MS = 5_000;

export interface WatchEachOptions {
  readonly targets: readonly WatchTarget[];
  readonly open: (target: WatchTarget) => Promise<Watched>;
  readonly onOpened: (target: WatchTarget) => void;
  /** Those that are open now. */
  readonly all: Set<Watched>;
}

type Context = Pick<CommandContext, 'output' | 'signal'>;

/**
 * Uploads each of several folders as long as it can be read, and again when it can: that one is away concerns no other.
 * Resolves when it is told to stop. What does not pass by waiting, such as another program at work on one, ends all, and
 * rejects.
 */
export async function watchEach({ output, signal: stop }: Context, options: WatchEachOptions): Promise<void> {
  const failing = new AbortController();
  const signal = AbortSignal.any([stop, failing.signal]);
  const ends = await Promise.allSettled(
    options.targets.map((target) =>
      keepWatching({ output, signal }, options, target).catch((error: unknown) => {
        failing.abort();
        throw error;
      }),
    ),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function keepWatching(context: Context, options: WatchEachOptions, target: WatchTarget): Promise<void> {
  const { output, signal } = context;
  let told = '';
  let isOpened = false;
  const onOpened = () => {
    if (!isOpened) options.onOpened(target);
    isOpened = true;
  };
  while (!signal.aborted) {
    try {
      await watchOnce(context, { ...options, onOpened }, target);
    } catch (error) {
      if (signal.aborted) return;
      const known = explain(error instanceof NotThere ? error.cause : error);
      if (known === undefined || !mayPass(error)) throw error;
      const message = `${known.message}; it is looked for every ${LOOK_AGAIN_MS / 1000} seconds`;
      if (message !== told) output.error({ code: known.code, message, path: target.folder });
      told = message;
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** The folder itself can't be watched now. */
class NotThere extends Error {}

/** The disk's own failures do, as when it is not there. */
const mayPass = (error: unknown): boolean => error instanceof NotThere || diskFailure(error) !== null;

async function watchOnce(
  { signal }: Context,
  { all, onOpened, open }: WatchEachOptions,
  target: WatchTarget,
): Promise<void> {
  const folder = await findFolder(target.folder).catch((cause: unknown) => {
    throw new NotThere('not now', { cause });
  });
  // Its place on the server is that of what it leads to, which nobody could tell before.
  if (folder !== target.folder)
    throw new CliError(`${printable(target.folder)} leads to ${printable(folder)}: watch it anew`);
  await using watched = await open(target);
  onOpened(target);
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
  using listening = new DisposableStack();
  const onAbort = () => stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', onAbort);
  listening.defer(() => signal.removeEventListener('abort', onAbort));
  // A run that had to be given up is over, though the scan may still wait for room.
  await Promise.race([Promise.all([sync.start(), sync.finished]), aborted]);
}
