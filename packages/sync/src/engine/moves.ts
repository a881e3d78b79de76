import { MAX_BATCH_FILES } from '@instashare/contracts/rules';
import type { FailureClass } from '../model/failure.ts';
import { isSameStat } from '../model/local-stat.ts';
import { createBatches } from './batches.ts';
import type { SyncEnvironment } from './environment.ts';
import type { Gate, Ticket } from './gate.ts';
import type { Intents } from './intents.ts';
import { createCandidates, type MoveCandidate, type MoveCandidates } from './move-candidates.ts';
import { moveTogether } from './move-together.ts';
import type { Room } from './room.ts';
import type { ScannedFile } from './scan-folder.ts';
import type { SyncEvent } from './sync-event.ts';
import type { WorkList } from './work-list.ts';

/**
 * Moves on the server what was moved in the folder: files at new paths that are, by their inode and the time when that
 * was made, known ones whose own path is empty. What turns out to be no move is uploaded.
 */
export interface Moves extends AsyncDisposable {
  readonly isBusy: boolean;
  /** So many files wait to be moved. */
  readonly size: number;
  /** A file at a new path, and the paths of the known files that it may have been. */
  offer(file: ScannedFile, relatives: readonly string[]): void;
  /** The file at this path of the server was not moved there, or is there by now. */
  drop(path: string): void;
  /** A file may be about to be moved to this path of the server. */
  has(path: string): boolean;
  /** Of these paths those below a folder. */
  below(folder: string): string[];
  /** The file at this path of the server may be about to be moved away. */
  isSource(path: string): boolean;
  pump(): void;
}

export interface MovesOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'random' | 'remote' | 'state'>;
  readonly gate: Gate;
  readonly intents: Intents;
  readonly list: WorkList;
  readonly room: Pick<Room, 'update'>;
  readonly onEvent: (event: SyncEvent) => void;
  readonly classOf: (error: unknown) => FailureClass;
  readonly maxFailures: number;
  /** Has what is at local paths looked at anew. Whoever looks may wait for moves: nobody here waits for it. */
  readonly lookAgain: (localPaths: readonly string[]) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onSettled: () => void;
}

/** Programs that save a file by renaming the old one first have written the new one by then. */
const REST_MS = 1_000;
/** What is found out about each is kept in memory until they are moved. */
const MOST_TOGETHER = MAX_BATCH_FILES;

export function createMoves(options: MovesOptions): Moves {
  const { env, list, room } = options;
  const candidates = createCandidates();
  const batches = createBatches<MoveCandidate>({
    ...options,
    ...env,
    work: async (batch, ticket) => ({
      items: await moveInSlices(options, candidates, { batch, ticket }),
      restMs: REST_MS,
    }),
    onGivenUp(batch) {
      for (const candidate of batch) {
        if (candidates.delete(candidate)) list.offer(candidate.file, { isHot: false });
      }
    },
  });
  function forget(candidate: MoveCandidate): void {
    candidates.delete(candidate);
    batches.delete(candidate);
    room.update();
  }

  return {
    get isBusy() {
      return batches.size > 0;
    },
    get size() {
      return candidates.size;
    },
    offer(file, relatives) {
      const before = candidates.at(file.path);
      if (before !== undefined && isSameStat(before.file.stat, file.stat)) return;
      if (before !== undefined) forget(before);
      batches.add(candidates.add({ file, relatives }), REST_MS);
    },
    drop(path) {
      const candidate = candidates.at(path);
      if (candidate !== undefined) forget(candidate);
    },
    has: (path) => candidates.at(path) !== undefined,
    below: (folder) => candidates.below(folder),
    isSource: (path) => candidates.isSource(path),
    pump: () => batches.pump(),
    [Symbol.asyncDispose]: () => batches[Symbol.asyncDispose](),
  };
}

/** Gives those that are to be asked about later. */
async function moveInSlices(
  options: MovesOptions,
  candidates: MoveCandidates,
  { batch, ticket }: { readonly batch: readonly MoveCandidate[]; readonly ticket: Ticket },
): Promise<MoveCandidate[]> {
  const items: MoveCandidate[] = [];
  for (let start = 0; start < batch.length; start += MOST_TOGETHER) {
    const current = batch.slice(start, start + MOST_TOGETHER).filter((each) => candidates.has(each));
    const again = await moveTogether(options, current, ticket);
    const kept = new Set(again);
    for (const candidate of current) if (!kept.has(candidate)) candidates.delete(candidate);
    items.push(...again);
  }
  return items;
}
