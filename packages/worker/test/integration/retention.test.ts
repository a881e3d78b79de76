import { randomUUID } from 'node:crypto';
import type { Database } from '@instashare/backend/database';
import { createLog } from '@instashare/backend/log';
import { describe, expect, test, vi } from 'vitest';
import { createRecountQuota } from '../../src/jobs/recount-quota.ts';
import { askForRecount } from '../../src/sweep/ask-for-recount.ts';
import { pruneVersions } from '../../src/sweep/prune-versions.ts';
import { purgeOldTrash } from '../../src/sweep/purge-old-trash.ts';
import { removeUnlinkedBlobs } from '../../src/sweep/remove-unlinked-blobs.ts';
import { ONE_TURN } from '../support/sweeper.ts';
import { openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SIZE = 5000;

/** Of a sweep that begins with the first file. */
const cursors = { find: async () => null, save: async () => {} };

/** The time so many days from now: a clock that is ahead is as good as files that are old. */
const inDays = (days: number) => () => new Date(Date.now() + days * DAY_MS);

const removeUnlinked = (database: Database) =>
  removeUnlinkedBlobs({ ...ONE_TURN, cursors, database, isDryRun: false, now: inDays(0) });

/** A file whose versions hold the contents of these blobs, the last of them the current one. */
async function fileOver({ database, userId }: WorkerWorld, blobIds: readonly string[], path = 'a') {
  const fileId = randomUUID();
  for (const [index, blobId] of blobIds.entries()) {
    await database.transaction(async ({ files }) => {
      await files.lockOrInsert(userId, [{ path, newId: fileId }]);
      const version = { id: randomUUID(), fileId, number: index + 1, blobId };
      await files.addVersions([{ ...version, contentType: 'text/plain', modifiedAt: null }]);
    });
  }
  return fileId;
}

/** Contents that only the file given to them later points at. */
async function storeLoose(world: WorkerWorld, count: number): Promise<string[]> {
  const { trash } = world.database.repositories;
  const ids: string[] = [];
  for (let stored = 0; stored < count; stored += 1) ids.push(await world.store(text(SIZE)));
  const { files } = world.database.repositories;
  const uses = await files.withContent(ids);
  for (const { fileId } of uses) await trash.put(world.userId, fileId);
  await trash.purge({ userId: world.userId, ids: null, deletedUntil: null, limit: count });
  return ids;
}

const numbersOf = async ({ database, userId }: WorkerWorld, fileId: string) =>
  (await database.repositories.versions.list(userId, fileId, { before: null, limit: 100 })).map(
    ({ number }) => number,
  );

const usedBytes = async ({ database, userId }: WorkerWorld) =>
  (await database.repositories.users.find(userId))?.usedBytes;

describe('old versions', () => {
  const retention = { trashDays: 30, versionsKept: 3, versionsKeptDays: 30, changesDays: 30, auditDays: 180 };
  const strictest = { ...retention, versionsKept: 1, versionsKeptDays: 0 };
  const pruner =
    ({ database }: WorkerWorld) =>
    (kept: typeof retention, days: number, isDryRun = false) =>
      pruneVersions({ cursors, database, isDryRun, retention: kept, now: inDays(days) });

  test('go when they are neither young nor among the newest, and the current one never does', async () => {
    await using world = await openWorkerWorld();
    const { database } = world;
    const prune = pruner(world);
    const ids = await storeLoose(world, 6);
    const fileId = await fileOver(world, ids);
    const single = await fileOver(world, [await world.store(text(SIZE))], 'single');

    expect(await prune(retention, 29)).toBe(0);
    expect(await prune(retention, 31, true)).toBe(3);
    expect(await prune(retention, 31)).toBe(3);
    expect(await numbersOf(world, fileId)).toEqual([6, 5, 4]);
    expect(await prune(strictest, 1)).toBe(2);
    expect(await numbersOf(world, fileId)).toEqual([6]);
    expect(await numbersOf(world, single)).toEqual([1]);
    expect(await prune(strictest, 1)).toBe(0);

    // What only they held goes, and gives its bytes back.
    expect(await removeUnlinked(database)).toBe(5);
    expect(await usedBytes(world)).toBe(2 * SIZE);
    const left = await database.repositories.blobs.findMany(ids);
    expect(left.map(({ id }) => id)).toEqual([ids[5]]);
  });

  test('are as old as what replaced them: what stood for a year and was replaced today stays', async () => {
    await using world = await openWorkerWorld();
    const prune = pruner(world);
    const fileId = await fileOver(world, await storeLoose(world, 3));
    await world.sql("UPDATE file_versions SET created_at = now() - interval '1 year' WHERE number <= 2");
    const shortest = { ...retention, versionsKept: 1 };
    expect(await prune(shortest, 0, true)).toBe(1);
    expect(await prune(shortest, 0)).toBe(1);
    expect(await numbersOf(world, fileId)).toEqual([3, 2]);
    expect(await prune(shortest, 29)).toBe(0);
    expect(await prune(shortest, 31)).toBe(1);
    expect(await numbersOf(world, fileId)).toEqual([3]);
  });

  test('share content with those that stay: it stays', async () => {
    await using world = await openWorkerWorld();
    const { database } = world;
    const prune = pruner(world);
    const [shared = '', other = ''] = await storeLoose(world, 2);
    const fileId = await fileOver(world, [shared, other, shared]);
    expect(await prune(strictest, 1)).toBe(2);
    expect(await removeUnlinked(database)).toBe(1);
    expect((await database.repositories.blobs.find(shared))?.id).toBe(shared);
    expect(await numbersOf(world, fileId)).toEqual([3]);
    expect(await database.repositories.unlinkedBlobs.next(10)).toEqual([]);
  });

  test('are looked for file by file, however many there are', async () => {
    await using world = await openWorkerWorld();
    const { versions } = world.database.repositories;
    const fileIds = [];
    for (const path of ['a', 'b', 'c']) {
      fileIds.push(await fileOver(world, await storeLoose(world, 2), path));
    }
    const all = { replacedBefore: inDays(1)(), keep: 1 };
    let afterId: string | null = null;
    let removed = 0;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof versions.prune>> = await versions.prune(all, {
        afterId,
        files: 1,
      });
      afterId = page.lastId;
      removed += page.versions;
      pages += 1;
    } while (afterId !== null);
    expect([removed, pages]).toEqual([3, 4]);
  });
});

describe('the trash', () => {
  test('is emptied of what has been there for its time, which gives its bytes back', async () => {
    await using world = await openWorkerWorld();
    const { database, userId } = world;
    const { files, trash } = database.repositories;
    const [kept, deleted] = [await world.store(text(SIZE)), await world.store(text(SIZE))];
    const [use] = await files.withContent([deleted]);
    await trash.put(userId, use?.fileId ?? '');

    const retention = {
      trashDays: 30,
      versionsKept: 20,
      versionsKeptDays: 30,
      changesDays: 30,
      auditDays: 180,
    };
    const purge = (days: number, isDryRun = false) =>
      purgeOldTrash({ ...ONE_TURN, database, isDryRun, retention, now: inDays(days) });
    expect(await purge(29)).toBe(0);
    expect(await trash.list(userId, { after: null, limit: 10 })).toHaveLength(1);
    expect(await usedBytes(world)).toBe(2 * SIZE);

    expect(await purge(31, true)).toBe(1);
    expect(await purge(31)).toBe(1);
    expect(await purge(31)).toBe(0);
    expect(await trash.list(userId, { after: null, limit: 10 })).toEqual([]);
    expect(await removeUnlinked(database)).toBe(1);
    expect(await usedBytes(world)).toBe(SIZE);
    expect((await database.repositories.blobs.findMany([kept, deleted])).map(({ id }) => id)).toEqual([kept]);
  });

  test('content of a purged file that was linked again meanwhile stays', async () => {
    await using world = await openWorkerWorld();
    const { database } = world;
    const [id = ''] = await storeLoose(world, 1);
    await fileOver(world, [id]);
    expect(await removeUnlinked(database)).toBe(0);
    expect((await database.repositories.blobs.find(id))?.id).toBe(id);
  });
});

describe('the nightly count', () => {
  test('finds nothing when all is well; a difference is an error in the log, and is set right', async () => {
    await using world = await openWorkerWorld();
    const { database, userId } = world;
    await world.store(text(SIZE));
    const other = await world.addUser();
    const log = createLog({ name: 'test', level: 'silent' });
    const error = vi.spyOn(log, 'error');
    const logged = () => error.mock.calls.map(([fields]): unknown => fields);
    const context = { log, signal: new AbortController().signal, isLastAttempt: true, reportProgress() {} };
    const recount = createRecountQuota({ database });
    await recount({}, context);
    expect(logged()).toEqual([]);

    await database.repositories.users.reserve(userId, 7);
    await database.repositories.users.reserve(other, 9);
    await recount({}, context);
    expect(logged()).toEqual(
      [
        { userId, bookedBytes: SIZE + 7, countedBytes: SIZE },
        { userId: other, bookedBytes: 9, countedBytes: 0 },
      ].toSorted((a, b) => (a.userId < b.userId ? -1 : 1)),
    );
    expect(await usedBytes(world)).toBe(SIZE);
    await recount({}, context);
    expect(logged()).toHaveLength(2);
  });

  test('is asked for once a day, however many sweep', async () => {
    await using world = await openWorkerWorld();
    const asked: string[] = [];
    const queue = {
      enqueue: async (name: string) => {
        asked.push(name);
      },
      countWaiting: async () => 0,
      activeCompressions: async () => [],
    };
    const ask = (days: number, isDryRun = false) =>
      askForRecount({ database: world.database, isDryRun, now: inDays(days), queue });
    expect(await ask(0, true)).toBe(0);
    const answers = await Promise.all([ask(0), ask(0), ask(0.9)]);
    expect(answers.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await ask(2)).toBe(1);
    expect(asked).toEqual(['recount-quota', 'recount-quota']);
  });

  test('counts what open uploads have reserved, and every user page by page', async () => {
    await using world = await openWorkerWorld();
    const { uploads, usage, users } = world.database.repositories;
    await users.reserve(world.userId, 300);
    await uploads.insert({
      id: randomUUID(),
      userId: world.userId,
      path: 'a',
      sizeBytes: 300,
      sha256: null,
      contentType: 'text/plain',
      modifiedAt: null,
      objectKey: 'x/y',
      session: null,
      reservedBytes: 300,
      expiresAt: inDays(1)(),
    });
    const ids = [world.userId, await world.addUser(), await world.addUser()].toSorted();
    const [first = '', second = '', third = ''] = ids;
    await users.reserve(third, 1);
    expect(await usage.findMiscounts(null, 2)).toEqual({ lastId: second, miscounts: [] });
    expect(await usage.findMiscounts(first, 1)).toEqual({ lastId: second, miscounts: [] });
    const expected =
      third === world.userId ? { bookedBytes: 301, countedBytes: 300 } : { bookedBytes: 1, countedBytes: 0 };
    expect(await usage.findMiscounts(second, 2)).toEqual({
      lastId: null,
      miscounts: [{ userId: third, ...expected }],
    });
  });
});
