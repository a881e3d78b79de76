import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { purgeOldTrash } from '../../src/sweep/purge-old-trash.ts';
import { adminOf } from '../support/run-admin.ts';
import { ONE_TURN, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, text } from '../support/world.ts';

const MAIN = fileURLToPath(new URL('../../src/admin/main.ts', import.meta.url));
const RETENTION = { trashDays: 30, versionsKept: 20, versionsKeptDays: 30, changesDays: 30, auditDays: 180 };
const run = promisify(execFile);

test('S4: the sweep by hand looks with --dry-run, and without it goes through everything', async () => {
  await using world = await openWorkerWorld();
  await world.store(text(1000));
  const key = `${world.userId}/${randomUUID()}`;
  await world.objects.put(key, Readable.from([Buffer.from('stray')]));
  const longAgo = new Date(Date.now() - 3 * 24 * 60 * 60_000);
  await utimes(join(world.dataDir, 'objects', key), longAgo, longAgo);
  const sweep = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [MAIN, 'sweep', ...args], {
      env: {
        ...process.env,
        DATABASE_URL: world.databaseUrl,
        INSTASHARE_DATA_DIR: world.dataDir,
        AUTH_SECRET: 'x'.repeat(32),
        LOG_LEVEL: 'silent',
      },
    });
    return stdout;
  };

  expect(await sweep('--dry-run')).toMatch(/^A dry run, nothing was changed\..*\n  strayObjects: 1\n/);
  expect(await world.objects.stat(key)).not.toBeNull();
  expect(await sweep()).toMatch(/^Done:\n  strayObjects: 1\n/);
  expect(await world.objects.stat(key)).toBeNull();
  expect(await sweep('--dry-run')).not.toContain('stray');
});

test('S4: the sweep by hand does not wait for what one of a worker has found', async () => {
  await using world = await openWorkerWorld();
  const key = `${world.userId}/${randomUUID()}`;
  await world.objects.put(key, Readable.from([Buffer.from('stray')]));
  const longAgo = new Date(Date.now() - 3 * 24 * 60 * 60_000);
  await utimes(join(world.dataDir, 'objects', key), longAgo, longAgo);
  await sweeper(world).at(0);
  expect(await world.objects.stat(key)).not.toBeNull();
  const swept = async (...args: string[]) => {
    const done = await adminOf(world)('sweep', '--json', ...args);
    return done.events().map(({ counts }) => counts);
  };
  expect(await swept('--dry-run')).toEqual([{ strayObjects: 1 }]);
  expect(await swept()).toEqual([{ strayObjects: 1, deletedObjects: 1 }]);
  expect(await world.objects.stat(key)).toBeNull();
  expect(await world.sql('SELECT * FROM object_deletions')).toEqual([]);
});

test('a sweep that fails says at which steps and why, and does what it can', async () => {
  await using world = await openWorkerWorld();
  await world.sql('ALTER TABLE unlinked_blobs RENAME TO gone');
  const key = `${world.userId}/${randomUUID()}`;
  await world.sql(`INSERT INTO object_deletions (object_key, due_at) VALUES ('${key}', now())`);
  expect(await adminOf(world)('sweep')).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('  deletedObjects: 1') as unknown,
    stderr: expect.stringMatching(
      /failed \(purgedFiles\):\n.*"unlinked_blobs" does not exist(?:\n.*)+ \(removedBlobs\):\n.*"unlinked_blobs"/,
    ) as unknown,
  });
  expect(await world.sql('SELECT count(*)::int AS due FROM object_deletions')).toEqual([{ due: 0 }]);
});

test('S4: what a dry run names is done by one sweep by hand, and in parts by those of the workers', async () => {
  await using world = await openWorkerWorld();
  await world.storePack(Array.from({ length: 2500 }, () => randomBytes(16)));
  await world.sql("UPDATE files SET deleted_at = now() - interval '31 days'");
  const swept = async (...args: string[]) => {
    const done = await adminOf(world)('sweep', '--json', ...args);
    return done.events().map(({ counts }) => counts);
  };
  expect(await swept('--dry-run')).toMatchObject([{ purgedFiles: 2500 }]);
  const { database } = world;
  const now = () => new Date();
  const turn = { ...ONE_TURN, database, isDryRun: false, now };
  expect(await purgeOldTrash({ ...turn, retention: RETENTION })).toBe(1000);
  expect(await swept()).toMatchObject([{ purgedFiles: 1500, removedBlobs: 2500, deletedObjects: 1 }]);
  expect(await swept('--dry-run')).toEqual([{}]);
});
