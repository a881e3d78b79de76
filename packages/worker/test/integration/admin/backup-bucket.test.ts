import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, runSql, startGcsServer } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { adminOf } from '../../support/run-admin.ts';
import { dense, openWorkerWorld, text } from '../../support/world.ts';

/** Each run of the command is a start of Node. */
const MANY_RUNS_MS = 120_000;

test(
  'a backup moves a server from its disk into a bucket, and back',
  async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'moved-'));
    await using world = await openWorkerWorld();
    await world.store(dense(3000));
    const large = await world.store(text(3_000_000));
    await world.compress([large]);
    const pack = await world.storePack([text(700), text(900)]);
    await world.compress(pack.ids);
    const rows =
      'SELECT id, object_key, object_offset, encoding, stored_bytes, status FROM blobs ORDER BY id';
    const before = await world.sql(rows);
    const well = { event: 'verified', checked: 4, damaged: 0 };

    await using google = await startGcsServer();
    await using inBucket = await createTestDatabase({ empty: true });
    const bucket = { GCS_BUCKET: google.bucket, STORAGE_EMULATOR_HOST: google.url };
    const dataDir = join(folder.path, 'unused');
    const bucketAdmin = adminOf({ databaseUrl: inBucket.url, dataDir }, bucket);
    const [first, second] = [join(folder.path, 'first'), join(folder.path, 'second')];
    expect((await adminOf(world)('backup', first, '--verify')).code).toBe(0);
    expect(await bucketAdmin('restore', first)).toMatchObject({ code: 0, stderr: '' });
    expect((await bucketAdmin('verify', '--json')).events()).toEqual([expect.objectContaining(well)]);

    await using onDisk = await createTestDatabase({ empty: true });
    const diskAdmin = adminOf({ databaseUrl: onDisk.url, dataDir: join(folder.path, 'data') });
    expect(await bucketAdmin('backup', second, '--verify')).toMatchObject({ code: 0, stderr: '' });
    expect(await diskAdmin('restore', second)).toMatchObject({ code: 0, stderr: '' });
    expect((await diskAdmin('verify', '--json')).events()).toEqual([expect.objectContaining(well)]);
    expect(await runSql(onDisk.url, rows)).toEqual(before);
    // Each is a server of its own, whose backups do not mix.
    const ids = await Promise.all(
      [world.databaseUrl, inBucket.url, onDisk.url].map((url) => runSql(url, 'SELECT id FROM instance')),
    );
    expect(new Set(ids.map(([row]) => row?.['id'])).size).toBe(3);
    expect(await diskAdmin('backup', first)).toMatchObject({ code: 3, stdout: '' });
  },
  MANY_RUNS_MS,
);
