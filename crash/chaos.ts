import { setTimeout as delay } from 'node:timers/promises';
import { emptyTrash, moveFile, restoreDeleted, restoreVersion } from './history-operations.ts';
import { type Actor, download, removeFile, uploadBundle, uploadBySession, uploadForm } from './operations.ts';
import type { Program } from './program.ts';
import type { Random } from './random.ts';
import { Lost } from './requests.ts';

export type Operation = (actor: Actor) => Promise<void>;

export const OPERATIONS: readonly Operation[] = [
  uploadBySession,
  uploadBySession,
  uploadBundle,
  uploadBundle,
  uploadForm,
  removeFile,
  removeFile,
  moveFile,
  restoreDeleted,
  restoreVersion,
  emptyTrash,
  download,
];
/** The api is away for a second or so at a time. */
const LOST_PAUSE_MS = 50;

export interface WorkOptions {
  /** What a client does, each as often as it stands there. */
  readonly operations?: readonly Operation[];
  /** Between two of them a client thinks for up to so long. */
  readonly mostPauseMs?: number;
  /** Told how long each took that was answered. */
  readonly onDone?: (operation: string, ms: number) => void;
}

/** One client at work until it is told to stop; answers that get lost are no failure. */
export async function work(actor: Actor, signal: AbortSignal, options: WorkOptions = {}): Promise<void> {
  const { operations = OPERATIONS, mostPauseMs = 0, onDone } = options;
  while (!signal.aborted) {
    try {
      if (mostPauseMs > 0)
        await delay(actor.random.below(mostPauseMs), undefined, { signal }).catch(() => {});
      const operation = actor.random.pick(operations);
      const startMs = performance.now();
      await operation(actor);
      onDone?.(operation.name, performance.now() - startMs);
    } catch (error) {
      if (!(error instanceof Lost)) throw error;
      await delay(LOST_PAUSE_MS);
    }
  }
}

/** Kills one of the programs at a random moment, starts it again, and so on, `kills` times or until then. */
export async function killAtRandom(
  programs: readonly Program[],
  options: {
    readonly kills?: number;
    readonly untilMs?: number;
    readonly random: Random;
    readonly mostPauseMs: number;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { kills = Number.POSITIVE_INFINITY, untilMs = Number.POSITIVE_INFINITY } = options;
  const { random, mostPauseMs, signal } = options;
  for (let done = 0; done < kills && performance.now() < untilMs && !signal.aborted; done += 1) {
    await delay(random.below(mostPauseMs));
    const program = random.pick(programs);
    await program.kill();
    // Sometimes it is killed again before it is ready.
    const starting = program.start();
    if (random.below(8) === 0) {
      await delay(random.below(400));
      await program.kill();
      await starting;
      await program.start();
    } else await starting;
  }
}
