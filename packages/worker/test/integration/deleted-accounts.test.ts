import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@instashare/backend/database';
import { describe, expect, test } from 'vitest';
import { removeDeletedAccounts } from '../../src/sweep/remove-deleted-accounts.ts';
import { ONE_TURN, openUpload, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const UNHURRIED = { ...ONE_TURN, budgetMs: 10_000 };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const markDeleted = ({ database, userId, now }: WorkerWorld) =>
  database.repositories.users.markDeleted(userId, { passwordHash: '', nobodysHash: 'x', now });

/** What the database still has of the world's user, by table; nothing where it has nothing. */
async function leftOf(world: WorkerWorld): Promise<Record<string, number>> {
  const { userId } = world;
  const counts = await world.sql(
    `SELECT (SELECT count(*)::int FROM users WHERE id = '${userId}') AS users,
            (SELECT count(*)::int FROM files WHERE user_id = '${userId}') AS files,
            (SELECT count(*)::int FROM blobs WHERE user_id = '${userId}') AS blobs,
            (SELECT count(*)::int FROM uploads WHERE user_id = '${userId}') AS uploads,
            (SELECT count(*)::int FROM changes WHERE user_id = '${userId}') AS changes,
            (SELECT count(*)::int FROM audit_events WHERE user_id = '${userId}') AS audit_events,
            (SELECT count(*)::int FROM unlinked_blobs) AS unlinked_blobs`,
  );
  return Object.fromEntries(Object.entries(counts[0] ?? {}).map(([name, count]) => [name, Number(count)]));
}

const NOTHING = { users: 0, files: 0, blobs: 0, uploads: 0, changes: 0, audit_events: 0, unlinked_blobs: 0 };

/** A live file, a deleted one, a compressed, a failed and a small shared one, an open upload, and their history. */
async function fill(world: WorkerWorld): Promise<void> {
  const { database, userId } = world;
  const [live, trashed, failed] = [
    await world.store(text(5000)),
    await world.store(text(6000)),
    await world.store(text(7000)),
  ];
  await world.compress([live]);
  await database.repositories.blobs.markFailed(failed, 'damaged');
  await world.storePack([text(100), text(200)]);
  const [use] = await database.repositories.files.withContent([trashed]);
  await database.repositories.trash.put(userId, use?.fileId ?? '');
  await openUpload(world, { sizeBytes: 300 });
  const change = { fileId: randomUUID(), versionId: null, kind: 'purged' as const };
  await database.repositories.changes.record(userId, [change, change], 0);
  await database.repositories.audit.insert({
    id: randomUUID(),
    userId,
    kind: 'logged_in',
    address: null,
    userAgent: null,
    sessionId: null,
    tokenId: null,
    details: {},
    createdAt: world.now,
  });
}

/** A database that is asked for so many steps of a removal, and for no more. */
function killedAfter(calls: number, database: Database): Database {
  let left = calls;
  const deletedAccounts = new Proxy(database.repositories.deletedAccounts, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return Reflect.apply(method, target, args);
      };
    },
  });
  return { ...database, repositories: { ...database.repositories, deletedAccounts } };
}

const objectsOf = async ({ dataDir, userId }: WorkerWorld) =>
  readdir(join(dataDir, 'objects', userId)).catch(() => []);

describe('a deleted account', () => {
  test('goes with everything in it, rows and objects, and nobody else loses anything', async () => {
    await using world = await openWorkerWorld();
    await fill(world);
    const other = await world.addUser();
    const kept = await world.store(text(5000), { userId: other });
    await markDeleted(world);
    expect(await leftOf(world)).toMatchObject({ users: 1, files: 5, blobs: 5, uploads: 1 });

    const sweep = sweeper(world);
    for (let round = 1; round <= 4; round += 1) await sweep.at(round * MINUTE_MS);
    await sweep.at(DAY_MS);
    expect(await leftOf(world)).toEqual(NOTHING);
    expect(await objectsOf(world)).toEqual([]);
    expect((await world.read(kept)).length).toBe(5000);
  });

  test('is left alone by a dry run, and one that lives by every run', async () => {
    await using world = await openWorkerWorld();
    await fill(world);
    const context = { ...UNHURRIED, database: world.database, isDryRun: false, now: () => world.now };
    expect(await removeDeletedAccounts(context)).toBe(0);
    await markDeleted(world);
    const before = await leftOf(world);
    expect(await removeDeletedAccounts({ ...context, isDryRun: true })).toBe(1);
    expect(await leftOf(world)).toEqual(before);
  });

  test('is gone on with where a sweep was killed, wherever that was', async () => {
    await using world = await openWorkerWorld();
    await fill(world);
    await markDeleted(world);
    const halfDone: Record<string, number>[] = [];
    for (let calls = 1; calls <= 12; calls += 1) {
      const database = killedAfter(calls, world.database);
      const sweep = removeDeletedAccounts({ ...UNHURRIED, database, isDryRun: false, now: () => world.now });
      await sweep.catch(() => {});
      halfDone.push(await leftOf(world));
    }
    expect(halfDone).toContainEqual(expect.objectContaining({ users: 1, files: 0, blobs: 5 }));
    expect(halfDone).toContainEqual(expect.objectContaining({ users: 1, blobs: 0, changes: 3 }));
    const sweep = sweeper(world);
    for (let round = 1; round <= 3; round += 1) await sweep.at(round * MINUTE_MS);
    await sweep.at(DAY_MS);
    expect(await leftOf(world)).toEqual(NOTHING);
    expect(await objectsOf(world)).toEqual([]);
  });

  test('that can not be removed keeps no other, however many there are of those', async () => {
    await using world = await openWorkerWorld();
    const other = await world.addUser();
    await markDeleted({ ...world, userId: other });
    await world.sql(`INSERT INTO users (id, email, password_hash, deleted_at)
      SELECT uuidv7(), 'kept ' || n, '', '${world.now.toISOString()}' FROM generate_series(1, 100) AS n`);
    await markDeleted({ ...world, now: new Date(world.now.getTime() + MINUTE_MS) });
    // As a rule of the database would that we do not know of.
    await world.sql(`CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF OLD.id <> '${world.userId}' THEN RAISE 'kept'; END IF; RETURN OLD; END $$;
      CREATE TRIGGER keep BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION keep()`);
    const context = { ...UNHURRIED, database: world.database, isDryRun: false, now: () => world.now };
    await expect(removeDeletedAccounts(context)).rejects.toThrow('Some deleted accounts');
    expect(await leftOf(world)).toEqual(NOTHING);
    expect(await leftOf({ ...world, userId: other })).toMatchObject({ users: 1 });
  });
});
