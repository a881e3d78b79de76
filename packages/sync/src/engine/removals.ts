import { describeFailure, type FailureClass } from '../model/failure.ts';
import { type Batches, createBatches } from './batches.ts';
import type { SyncEnvironment } from './environment.ts';
import type { FindGoneContext } from './find-gone.ts';
import type { Gate } from './gate.ts';
import { type GoneFile, suspectAt } from './gone-file.ts';
import { createHeldFiles, type HeldFiles } from './held-files.ts';
import type { Problems } from './problems.ts';
import { createRecentCount, type RecentCount } from './recent-count.ts';
import { REST_MS, removeGone } from './remove-gone.ts';
import { type EndedScan, reviewScan } from './review-scan.ts';
import type { RootGuard } from './root-guard.ts';
import type { SyncEvent } from './sync-event.ts';

/**
 * Deletes on the server what is gone from the folder: after a rest, after another look, never more at once than a
 * person is likely to mean, and only what this folder itself put there. Paths are the server's.
 */
export interface Removals extends AsyncDisposable {
  readonly isBusy: boolean;
  /** Files whose deletion waits to be confirmed. */
  readonly held: number;
  isHeld(path: string): boolean;
  /** These seem to be gone. */
  suspect(paths: Iterable<string>): void;
  scanned(scan: EndedScan): void;
  /**
   * A file is there, between two scans. True when it was the last of those that are held: only a scan can say that nothing
   * is missing any more.
   */
  found(path: string): boolean;
  /**
   * `held`: what somebody was asked about is meant to be. `all`: and so is what seems to be gone, and was not looked for
   * yet; for one who says so beforehand.
   */
  confirm(what: 'held' | 'all'): void;
  pump(): void;
}

export interface RemovalsOptions extends Omit<FindGoneContext, 'env' | 'mounts'> {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'random' | 'remote' | 'state'>;
  readonly gate: Gate;
  readonly guard: RootGuard;
  readonly problems: Problems;
  readonly onEvent: (event: SyncEvent) => void;
  readonly classOf: (error: unknown) => FailureClass;
  readonly maxFailures: number;
  /** False: what is gone from the folder stays on the server. */
  readonly isWanted: boolean;
  /** Has what is at local paths, where something may have come back meanwhile, looked at anew. */
  readonly lookAgain: (localPaths: readonly string[]) => Promise<void>;
  /** What is gone from one place may soon be found at another. */
  readonly isLooking: () => boolean;
  readonly onSettled: () => void;
}

export interface RemovalParts {
  readonly options: RemovalsOptions;
  /** By path: those that rest, are worked on, or are held. */
  readonly files: Map<string, GoneFile>;
  readonly held: HeldFiles;
  readonly deletedLately: RecentCount;
  /** Of the known files so many are none of the folder's, as the last scan has it. */
  leftAlone: number;
}

/** What is deleted bit by bit, but in one go, counts together. */
const LATELY_MS = 600_000;

export function createRemovals(options: RemovalsOptions): Removals {
  const { env } = options;
  const held = createHeldFiles(options.onEvent);
  const deletedLately = createRecentCount(env.clock, LATELY_MS);
  const parts: RemovalParts = { options, files: new Map(), held, deletedLately, leftAlone: 0 };
  const batches = createBatches<GoneFile>({
    ...options,
    ...env,
    work: (batch, ticket) => removeGone(parts, batch, ticket),
    onGivenUp: (given, error) => giveUp(parts, given, error),
  });
  return {
    get isBusy() {
      return batches.size > 0;
    },
    get held() {
      return held.size;
    },
    isHeld: (path) => held.has(path),
    suspect: (paths) => addSuspects(parts, batches, { paths, isNews: true }),
    scanned(scan) {
      parts.leftAlone = scan.leftAlone;
      reviewScan(parts, scan);
      addSuspects(parts, batches, { paths: scan.missing, isNews: false });
      if (batches.size === 0) held.tell();
    },
    found(path) {
      if (!held.drop(path)) return false;
      parts.files.delete(path);
      return held.size === 0;
    },
    confirm: (what) => confirm(parts, batches, what),
    pump: () => batches.pump(),
    [Symbol.asyncDispose]: () => batches[Symbol.asyncDispose](),
  };
}

function addSuspects(
  { files, options }: RemovalParts,
  batches: Batches<GoneFile>,
  { paths, isNews }: { readonly paths: Iterable<string>; readonly isNews: boolean },
): void {
  const added: GoneFile[] = [];
  const { monotonicMs } = options.env.clock.now();
  for (const path of paths) {
    const there = files.get(path);
    if (there !== undefined) {
      there.isAgain = true;
      // Every scan finds it missing as long as it is; what a hint tells of may be a move of just now.
      if (isNews) there.suspectedAtMs = monotonicMs;
      continue;
    }
    const file = suspectAt(path, monotonicMs);
    files.set(path, file);
    added.push(file);
  }
  // In batches of a few a mass of deletions would not look like one.
  batches.addAll(added, REST_MS);
}

function confirm(
  { files, held, options: { guard } }: RemovalParts,
  batches: Batches<GoneFile>,
  what: 'held' | 'all',
): void {
  guard.note({ isHolding: false });
  const isOther = held.count('other_folder') > 0 || (what === 'all' && guard.dev !== null);
  if (isOther) guard.adopt();
  if (what === 'all') for (const file of files.values()) file.isConfirmed = true;
  for (const file of held.release(() => true)) {
    file.isConfirmed = true;
    batches.add(file, 0);
  }
  held.tell();
  batches.pump();
}

function giveUp({ files, options }: RemovalParts, given: readonly GoneFile[], error: unknown): void {
  const failure = describeFailure(error);
  for (const { path } of given) {
    files.delete(path);
    const known = options.env.state.known(path);
    if (known === undefined) continue;
    const message = `can't be deleted on the server: ${failure.message}`;
    const problem = { localPath: known.localPath, code: failure.code, message };
    if (options.problems.add(problem, null)) options.onEvent({ type: 'problem', ...problem });
  }
}
