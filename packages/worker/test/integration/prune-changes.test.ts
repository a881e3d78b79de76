import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { pruneChanges } from '../../src/sweep/prune-changes.ts';
import { ONE_TURN } from '../support/sweeper.ts';
import { openWorkerWorld, type WorkerWorld } from '../support/world.ts';

const retention = { trashDays: 30, versionsKept: 20, versionsKeptDays: 30, changesDays: 7, auditDays: 180 };

/** Changes of these ages in days, in this order. */
async function changesOf(world: WorkerWorld, ages: readonly number[]): Promise<string> {
  const userId = await world.addUser();
  const news = ages.map(() => ({ fileId: randomUUID(), versionId: null, kind: 'purged' as const }));
  await world.database.repositories.changes.record(userId, news, 0);
  for (const [at, days] of ages.entries()) {
    await world.sql(
      `UPDATE changes SET created_at = now() - interval '${days} days' WHERE user_id = '${userId}' AND seq = ${at + 1}`,
    );
  }
  return userId;
}

const prune = (
  { database }: WorkerWorld,
  { isDryRun = false, after = null }: { isDryRun?: boolean; after?: string | null } = {},
) =>
  pruneChanges({
    ...ONE_TURN,
    database,
    cursors: { find: async () => after, save: async () => {} },
    isDryRun,
    now: () => new Date(),
    retention,
  });

async function keptOf(
  { database }: WorkerWorld,
  userId: string,
): Promise<readonly (readonly number[] | number)[]> {
  const page = await database.repositories.changes.page(userId, { afterSeq: 0, limit: 100 });
  return [page?.changes.map(({ seq }) => seq) ?? [], page?.headSeq ?? -1];
}

test('old changes go, and what is left of each user has no holes', async () => {
  await using world = await openWorkerWorld();
  const some = await changesOf(world, [9, 8, 6, 8, 1]);
  const none = await changesOf(world, [6, 8]);
  const all = await changesOf(world, [9, 8]);
  expect(await prune(world, { isDryRun: true })).toBe(4);
  expect(await keptOf(world, some)).toEqual([[1, 2, 3, 4, 5], 5]);
  expect(await prune(world)).toBe(4);
  expect(await Promise.all([some, none, all].map((userId) => keptOf(world, userId)))).toEqual([
    [[3, 4, 5], 5],
    [[1, 2], 2],
    [[], 2],
  ]);
  expect(await prune(world)).toBe(0);
});

test('a user with thousands of old changes is gone through part by part', async () => {
  await using world = await openWorkerWorld();
  const userId = await changesOf(world, [9]);
  await world.sql(
    `INSERT INTO changes (user_id, seq, file_id, kind, created_at)
     SELECT '${userId}', n, gen_random_uuid(), 'updated', now() - interval '8 days' FROM generate_series(2, 1500) n`,
  );
  expect([await prune(world), await prune(world), await prune(world)]).toEqual([1000, 500, 0]);
});

test('users are gone through one page after the other', async () => {
  await using world = await openWorkerWorld();
  const [first = '', second = ''] = [await changesOf(world, [9]), await changesOf(world, [9])].toSorted();
  const { changes } = world.database.repositories;
  const page = { afterUserId: null, users: 2, changesPerUser: 10 };
  const pruned = await changes.prune(new Date(), page, { isDryRun: true });
  const ids = [world.userId, first, second].toSorted();
  expect(pruned.lastUserId).toBe(ids[1]);
  const rest = await changes.prune(new Date(), { ...page, afterUserId: ids[1] ?? null }, { isDryRun: true });
  expect([rest.lastUserId, pruned.changes + rest.changes]).toEqual([null, 2]);
});
