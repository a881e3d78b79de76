import { classOfCode, describeFailure, type Failure, type FailureClass } from '../model/failure.ts';
import { placeOf } from '../model/local-path.ts';
import { isSameStat } from '../model/local-stat.ts';
import type { SeenEntry, SyncEnvironment } from './environment.ts';
import type { Problems } from './problems.ts';
import type { Removals } from './removals.ts';
import { candidateOf } from './scan-folder.ts';
import type { Selection } from './selection.ts';
import type { FileProblem, Skipped } from './sync-event.ts';
import type { WorkList } from './work-list.ts';

interface Failed extends Failure {
  readonly failureClass: FailureClass;
}

/** How it stands with one path, and why. */
export type PathState =
  /** The server has it as it is here. */
  | { readonly state: 'stored'; readonly version: number; readonly sizeBytes: number; readonly atMs: number }
  | { readonly state: 'uploading'; readonly sizeBytes: number; readonly sentBytes: number }
  /** It is its turn next, or after others. */
  | { readonly state: 'queued'; readonly sizeBytes: number }
  /** It was just written to: it is read when it has been at rest for a moment. */
  | { readonly state: 'settling'; readonly inMs: number }
  | ({ readonly state: 'retrying'; readonly inMs: number } & Failed)
  /** Not before it changes, or is asked for. */
  | ({ readonly state: 'given_up' } & Failed)
  /** It differs from what the server has, and was not noticed yet. */
  | { readonly state: 'unseen' }
  | ({
      readonly state: 'skipped';
      /** What is left out: the path itself, or a folder on the way to it. */
      readonly at: string;
      readonly isFolderOnTheWay: boolean;
      /** It was uploaded before, and that stays. */
      readonly isStored: boolean;
    } & Skipped)
  /** There is nothing here; `isStored`: but there is on the server; `isHeld`: until somebody confirms that it is meant. */
  | { readonly state: 'missing'; readonly isStored: boolean; readonly isHeld: boolean }
  /** Only some of the problems below it; `count` of them in all. */
  | { readonly state: 'folder'; readonly count: number; readonly problems: readonly FileProblem[] };

export interface ExplainOptions {
  readonly env: Pick<SyncEnvironment, 'clock' | 'files' | 'state'>;
  readonly list: WorkList;
  readonly problems: Problems;
  readonly prefix: string;
  readonly selection: Pick<Selection, 'leavesOutWithin'>;
  readonly removals: Pick<Removals, 'isHeld'>;
}

const MOST_PROBLEMS = 20;

/** C23: why a path is, or is not, on the server. */
export async function explainPath(options: ExplainOptions, localPath: string): Promise<PathState> {
  const { env, problems, prefix, removals, selection } = options;
  if (localPath === '') return explainFolder(problems, localPath);
  const { path } = placeOf(localPath, prefix);
  const isStored = env.state.known(path) !== undefined;
  let entry: SeenEntry | null;
  try {
    entry = await env.files.look(localPath);
  } catch (error) {
    return givenUp(describeFailure(error));
  }
  if (entry === null) return { state: 'missing', isStored, isHeld: removals.isHeld(path) };
  const leftOut = selection.leavesOutWithin(candidateOf(localPath, entry));
  if (leftOut !== null) {
    const problem = leftOut.why === 'unclear' ? problems.get(leftOut.at) : undefined;
    const isFolderOnTheWay = leftOut.at !== localPath;
    return problem === undefined
      ? { state: 'skipped', isFolderOnTheWay, isStored, ...leftOut }
      : givenUp(problem);
  }
  switch (entry.kind) {
    case 'symlink':
    case 'special':
      return { state: 'skipped', at: localPath, isFolderOnTheWay: false, isStored, why: entry.kind };
    case 'folder':
      return explainFolder(problems, localPath);
    case 'file':
      return explainFile(options, localPath, entry);
  }
}

function explainFolder(problems: Problems, localPath: string): PathState {
  const own = problems.get(localPath);
  if (own !== undefined) return givenUp(own);
  const start = localPath === '' ? '' : `${localPath}/`;
  const below = problems.list().filter((problem) => problem.localPath.startsWith(start));
  return { state: 'folder', count: below.length, problems: below.slice(0, MOST_PROBLEMS) };
}

function explainFile(
  { env, list, problems, prefix }: ExplainOptions,
  localPath: string,
  { stat }: Extract<SeenEntry, { kind: 'file' }>,
): PathState {
  const { path } = placeOf(localPath, prefix);
  const { sizeBytes } = stat;
  const item = list.get(path);
  if (item?.state === 'active') return { state: 'uploading', sizeBytes, sentBytes: item.sentBytes };
  if (item?.state === 'ready') return { state: 'queued', sizeBytes };
  if (item !== undefined) {
    const inMs = Math.max(0, item.dueAtMs - env.clock.now().monotonicMs);
    const { failure } = item;
    return failure === null
      ? { state: 'settling', inMs }
      : { state: 'retrying', inMs, ...failure, failureClass: classOfCode(failure.code) };
  }
  const problem = problems.get(localPath);
  if (problem !== undefined) return givenUp(problem);
  const known = env.state.known(path);
  if (known === undefined || !isSameStat(stat, known)) return { state: 'unseen' };
  return { state: 'stored', version: known.version, sizeBytes, atMs: known.recordedAtMs };
}

function givenUp({ code, message }: Failure): PathState {
  return { state: 'given_up', code, message, failureClass: classOfCode(code) };
}
