import type { PackUse } from '@instashare/backend/database';
import { BATCH_BLOBS, BATCH_BYTES } from '@instashare/backend/queue';
import type { ListPage } from '@instashare/backend/storage';
import { failContent } from '@instashare/backend/versions';
import { isPacked, type PackedBlob, type Place } from '../compress/pack-object.ts';
import { repack } from '../compress/repack.ts';
import { createTargets } from '../compress/targets.ts';
import { switchOver, type Verdicts } from '../jobs/switch-over.ts';
import { isOver } from './in-parts.ts';
import type { SweepContext } from './sweep-context.ts';

/** Younger ones are being worked on. */
const MIN_AGE_MS = 60 * 60_000;
const LIMIT = 1000;
/** Of an object that would come to so much of its size, or less, the rest is worth more than the copying. */
const MOST_LEFT = 0.5;
/** A block of a disk, which a file of one byte takes by itself as well: what is less than that a new object does not free. */
const LEAST_FREED_BYTES = 4096;
/** What contents take in a shared object beside their bytes, at most: a header and a line of the seek table for each. */
const MEMBER_BYTES = 20;
const OBJECT_BYTES = 17;
/** After so many that can't be read, or written, the store is away rather than one of them damaged. */
const FEW = 10;
const STEP = 'sparse objects';

/**
 * Contents that share an object with many that are gone move together into a new one, and the old ones go: else the room
 * of what was deleted, which no quota counts any more, would be free only with the last of its neighbours. Objects with
 * content that is not verified yet, or has failed, are left alone. Returns how many objects are not needed any more.
 */
export async function repackSparseObjects(context: SweepContext): Promise<number> {
  const { cursors, isDryRun, objects, signal } = context;
  const from = await cursors.find(STEP);
  const page = await objects.list({ cursor: from, limit: LIMIT });
  const sparse = await findSparse(context, page);
  if (isDryRun) {
    await cursors.save(STEP, page.nextCursor);
    return sparse.length;
  }
  const { reached, failures, emptied } = await moveAll(context, sparse);
  const isThrough = reached === (sparse.at(-1)?.objectKey ?? null);
  await cursors.save(STEP, isThrough ? page.nextCursor : (reached ?? from));
  signal.throwIfAborted();
  if (failures.length > 0) throw new AggregateError(failures, 'Some objects could not be repacked');
  return emptied;
}

/** Of a page of the store those of which little is in use, in the order of keys, and so one owner's together. */
async function findSparse({ database, now }: SweepContext, page: ListPage): Promise<PackUse[]> {
  const newestMs = now().getTime() - MIN_AGE_MS;
  const sizes = new Map(
    page.objects
      .filter(({ createdAt, sizeBytes }) => createdAt.getTime() < newestMs && sizeBytes > LEAST_FREED_BYTES)
      .map(({ key, sizeBytes }) => [key, sizeBytes]),
  );
  if (sizes.size === 0) return [];
  const packs = await database.repositories.packs.findSettled([...sizes.keys()]);
  const uses = new Map(packs.map((pack) => [pack.objectKey, pack]));
  return [...sizes].flatMap(([key, sizeBytes]) => {
    const use = uses.get(key);
    if (use === undefined) return [];
    const leftBytes = use.storedBytes + use.blobs * MEMBER_BYTES + OBJECT_BYTES;
    const isSparse = leftBytes <= sizeBytes * MOST_LEFT && sizeBytes - leftBytes >= LEAST_FREED_BYTES;
    return isSparse ? [use] : [];
  });
}

/** Objects of one owner whose contents fit into one. */
function batchesOf(sparse: readonly PackUse[]): PackUse[][] {
  const batches: PackUse[][] = [];
  let room = { userId: '', blobs: 0, bytes: 0 };
  for (const use of sparse) {
    const { userId, blobs, storedBytes } = use;
    const fits = room.userId === userId && blobs <= room.blobs && storedBytes <= room.bytes;
    if (!fits) {
      batches.push([]);
      room = { userId, blobs: BATCH_BLOBS, bytes: BATCH_BYTES };
    }
    batches.at(-1)?.push(use);
    room = { userId, blobs: room.blobs - blobs, bytes: room.bytes - storedBytes };
  }
  return batches;
}

/** How far it has come. */
interface Moves {
  /** The last object that is done with; null: none is. */
  reached: string | null;
  emptied: number;
  readonly failures: unknown[];
}

async function moveAll(context: SweepContext, sparse: readonly PackUse[]): Promise<Moves> {
  const moves: Moves = { reached: null, emptied: 0, failures: [] };
  const startedMs = performance.now();
  const isEnough = () => isOver(context, startedMs) || moves.failures.length > FEW;
  for (const batch of batchesOf(sparse)) {
    if (isEnough()) break;
    if (await tryToMove(context, batch, moves)) continue;
    // One that can't be read must not keep the others.
    for (const one of batch) if (!isEnough()) await tryToMove(context, [one], moves);
  }
  return moves;
}

/** False when nothing came of several; one alone is done with in any case. */
async function tryToMove(context: SweepContext, batch: readonly PackUse[], moves: Moves): Promise<boolean> {
  try {
    moves.emptied += await move(context, batch);
  } catch (error) {
    context.signal.throwIfAborted();
    if (batch.length > 1) return false;
    context.log.warn({ err: error, objectKey: batch[0]?.objectKey }, 'an object could not be repacked');
    moves.failures.push(error);
  }
  moves.reached = batch.at(-1)?.objectKey ?? null;
  context.onProgress(moves.emptied);
  return true;
}

/** Gives how many of the objects are not needed any more. */
async function move(context: SweepContext, batch: readonly PackUse[]): Promise<number> {
  const { database, log, objects, signal } = context;
  const rows = await database.repositories.packs.blobsIn(batch.map(({ objectKey }) => objectKey));
  const blobs = rows.filter(isPacked).filter(({ status }) => status === 'ready');
  const [first] = blobs;
  if (first === undefined) return 0;
  const sizeBytes = blobs.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  const targets = createTargets(context);
  const targetKey = await targets.take({ sizeBytes, userId: first.userId });
  const { places, damaged } = await repack(blobs, { objects, targetKey, signal }).catch(
    async (error: unknown) => {
      // It would go by itself, but each round writes another one.
      await targets.drop(targetKey).catch(() => {});
      throw error;
    },
  );
  if (damaged.length > 0) {
    log.error({ blobIds: damaged.map(({ id }) => id) }, 'content is damaged');
    await failContent(database, damaged, 'The stored bytes are damaged');
  }
  // From here on the new one stays: whether a switch that failed was made after all nobody knows.
  return places.length === 0 ? 0 : switchTo(context, places);
}

/** What was moved or removed by somebody else meanwhile is left alone. */
async function switchTo(context: SweepContext, places: readonly Place[]): Promise<number> {
  const { database, now, rawObjectGraceMs } = context;
  const verdicts: Verdicts = new Map(
    places.map(({ blob, location }) => [blob.id, { kind: 'ready', location }]),
  );
  const before = new Map(places.map(({ blob }) => [blob.id, blob]));
  return database.transaction(async (repositories) => {
    const rows = await repositories.blobs.lockMany([...before.keys()]);
    const still = rows.filter((row) => isWhereItWas(row, before.get(row.id)));
    if (still.length === 0) return 0;
    const left = new Set(await switchOver(repositories, still, { verdicts, now: now() }));
    const dueAt = new Date(now().getTime() + rawObjectGraceMs);
    await repositories.objectDeletions.schedule([...left], dueAt);
    return left.size;
  });
}

const isWhereItWas = (
  { objectKey, objectOffset, status }: { objectKey: string; objectOffset: number | null; status: string },
  before: PackedBlob | undefined,
): boolean => status === 'ready' && objectKey === before?.objectKey && objectOffset === before.objectOffset;
