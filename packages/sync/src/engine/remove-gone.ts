import { type HoldReason, isMassDeletion, mayBecomeMassDeletion } from '../model/deletions.ts';
import type { Again } from './batches.ts';
import { deleteFiles, forgetIfSame } from './delete-files.ts';
import { findGone } from './find-gone.ts';
import type { Ticket } from './gate.ts';
import type { FoundGone, GoneFile } from './gone-file.ts';
import type { RemovalParts } from './removals.ts';
import type { RootGuard, RootState } from './root-guard.ts';

/** Programs that save a file by deleting it and making it anew are done by then. */
export const REST_MS = 3_000;
/** Where a look takes longer than things take to change, somebody always looks; and a scan may wait for uploads for days. */
const LONGEST_POSTPONED_MS = 600_000;

/** Deletes those of the files that are gone for sure, but for those that somebody has to confirm first. */
export async function removeGone(
  parts: RemovalParts,
  batch: readonly GoneFile[],
  ticket: Ticket,
): Promise<Again<GoneFile>> {
  const { others, ripe, restMs, unripe } = sortByRipeness(parts, batch);
  const again = ripe.length === 0 ? [] : await removeRipe(parts, { batch: ripe, others }, ticket);
  return { items: [...unripe, ...again], restMs };
}

interface Sorted {
  readonly ripe: readonly GoneFile[];
  readonly unripe: readonly GoneFile[];
  readonly restMs: number;
  /** Of all that seem to be gone so many more are waited for. */
  readonly others: number;
}

/**
 * What is gone from here may be found where it was moved to. And while files go on to be deleted, as by a command that takes
 * long, the first of them wait for the last: together they may be more than is likely to be meant.
 */
function sortByRipeness(parts: RemovalParts, batch: readonly GoneFile[]): Sorted {
  const { env, isLooking } = parts.options;
  const { monotonicMs } = env.clock.now();
  const capMs = monotonicMs - LONGEST_POSTPONED_MS;
  const looking = isLooking();
  const growing = looking ? null : growingMass(parts, monotonicMs);
  const isPostponed = ({ firstSuspectedAtMs, isConfirmed, suspectedAtMs }: GoneFile) =>
    looking ? suspectedAtMs > capMs : growing !== null && !isConfirmed && firstSuspectedAtMs > capMs;
  const { ripe = [], unripe = [] } = Object.groupBy(batch, (file) => (isPostponed(file) ? 'unripe' : 'ripe'));
  const others = growing === null ? 0 : growing.suspects - ripe.filter((file) => !file.isConfirmed).length;
  return { ripe, unripe, restMs: growing?.restMs ?? REST_MS, others };
}

/** How many seem to be gone, and for how long the last of them still rests, if they are many; null: none does, or they are few. */
function growingMass({ deletedLately, files, held }: RemovalParts, nowMs: number) {
  const lately = deletedLately.count();
  if (!mayBecomeMassDeletion({ gone: files.size, lately })) return null;
  let [suspects, lastMs] = [0, 0];
  for (const { firstSuspectedAtMs, isConfirmed, path } of files.values()) {
    if (isConfirmed || held.has(path)) continue;
    suspects += 1;
    lastMs = Math.max(lastMs, firstSuspectedAtMs);
  }
  const restMs = lastMs + REST_MS - nowMs;
  const isMass = mayBecomeMassDeletion({ gone: suspects + held.count('many'), lately });
  return isMass && restMs > 0 ? { suspects, restMs } : null;
}

/** Gives those that are to be asked about later. */
async function removeRipe(
  parts: RemovalParts,
  { batch, others }: { readonly batch: readonly GoneFile[]; readonly others: number },
  ticket: Ticket,
): Promise<readonly GoneFile[]> {
  const { files, held, options } = parts;
  for (const file of batch) file.isAgain = false;
  const root = await lookAtRoot(options.guard);
  const mounts = options.guard.remembered()?.mounts ?? [];
  // Without a folder, or one that is remembered, only a scan can say what is gone.
  const isTold = root === 'same' || root === 'other';
  const found = isTold ? await findGone({ ...options, mounts }, batch) : { gone: [], busy: [] };
  // What was not found while the folder went away may well be in it.
  const gone = found.gone.length > 0 && (await lookAtRoot(options.guard)) === root ? found.gone : [];
  const refused = await remove(parts, withoutDoubtful(parts, gone, { root, others }), ticket);
  const left = batch.filter(({ path }) => !held.has(path));
  const unsettled = new Set([...found.busy, ...refused]);
  const again = left.filter((file) => file.isAgain || unsettled.has(file));
  const kept = new Set(again);
  // What was confirmed was an earlier disappearance.
  for (const file of again) if (!unsettled.has(file)) file.isConfirmed = false;
  for (const file of left) if (!kept.has(file)) files.delete(file.path);
  held.tell();
  return again;
}

/** null: it is not there. */
async function lookAtRoot(guard: RootGuard): Promise<RootState | null> {
  try {
    return await guard.look();
  } catch {
    return null;
  }
}

interface Circumstances extends Pick<Sorted, 'others'> {
  readonly root: RootState | null;
}

/** Holds back those that have to be confirmed, and gives the others. */
function withoutDoubtful(
  parts: RemovalParts,
  gone: readonly FoundGone[],
  { root, others }: Circumstances,
): readonly FoundGone[] {
  const { guard, isWanted } = parts.options;
  // Nothing is deleted; what is gone is only forgotten, but of another folder nothing is gone.
  if (!isWanted) return root === 'same' ? gone : [];
  const doubtful = gone.filter(({ file }) => !file.isConfirmed).map(({ file }) => file);
  const reason = doubtful.length > 0 ? reasonToHold(parts, doubtful.length, { root, others }) : null;
  if (reason === null) return gone;
  parts.held.hold(doubtful, reason);
  // Or the next run, for which they may be a smaller share, would delete them without a word.
  if (reason === 'many') guard.note({ isHolding: true });
  return gone.filter(({ file }) => file.isConfirmed);
}

function reasonToHold(
  { deletedLately, held, leftAlone, options: { env, guard } }: RemovalParts,
  doubtful: number,
  { root, others }: Circumstances,
): HoldReason | null {
  if (root === 'other') return 'other_folder';
  const counts = {
    gone: doubtful + others + held.count('many'),
    lately: deletedLately.count(),
    known: env.state.totals().files - leftAlone,
  };
  return guard.remembered()?.isHolding === true || isMassDeletion(counts) ? 'many' : null;
}

/** Gives those that the server refused for now. */
async function remove(
  { deletedLately, options }: RemovalParts,
  gone: readonly FoundGone[],
  ticket: Ticket,
): Promise<readonly GoneFile[]> {
  const { env, gate, lookAgain } = options;
  const known = gone.map((each) => each.known);
  if (!options.isWanted) {
    env.state.together(() => known.forEach((file) => forgetIfSame(env.state, file)));
    return [];
  }
  const onAnswered = () => gate.passed(ticket);
  // What somebody has confirmed makes nothing that comes after it look like a part of more.
  const isAsked = gone.every(({ file }) => file.isConfirmed);
  const onDeleted = (count: number) => (isAsked ? undefined : deletedLately.add(count));
  const refused = new Set(await deleteFiles({ ...options, onAnswered, onDeleted }, known));
  // What came back as it was, while it was deleted, was taken to be on the server.
  await lookAgain(known.map(({ localPath }) => localPath));
  return gone.flatMap((each) => (refused.has(each.known) ? [each.file] : []));
}
