import { randomUUID } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { PRIORITIES } from '@instashare/backend/queue';
import { describe, expect, test } from 'vitest';
import { openUpload, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** As long as strays are kept. */
const WEEK_MS = 7 * DAY_MS;

/** An object that nothing names, of this age. */
async function strayObject(world: WorkerWorld, ageMs: number, name = randomUUID()): Promise<string> {
  const key = `${world.userId}/${name}`;
  await world.objects.put(key, Readable.from([Buffer.from('stray')]));
  await setAge(world, key, ageMs);
  return key;
}

async function setAge(world: WorkerWorld, name: string, ageMs: number): Promise<void> {
  const time = new Date(world.now.getTime() - ageMs);
  await utimes(join(world.dataDir, 'objects', name), time, time);
}

/** Everything there is, to be compared. */
async function everything(world: WorkerWorld) {
  const rows = await world.sql(
    `SELECT json_agg(t.*) FROM (
       SELECT 'blobs' AS what, to_jsonb(b) AS row FROM blobs b
       UNION ALL SELECT 'uploads', to_jsonb(u) FROM uploads u
       UNION ALL SELECT 'files', to_jsonb(f) FROM files f
       UNION ALL SELECT 'versions', to_jsonb(v) FROM file_versions v
       UNION ALL SELECT 'users', to_jsonb(u) FROM users u
       UNION ALL SELECT 'deletions', to_jsonb(d) FROM object_deletions d
       UNION ALL SELECT 'cursors', to_jsonb(c) FROM sweep_cursors c
       ORDER BY 1, 2) t`,
  );
  const objects = await readdir(join(world.dataDir, 'objects'), { recursive: true });
  return { rows, objects: objects.toSorted() };
}

describe('S4: objects without a row', () => {
  test('go, a week later, when they are older than a day, whoever else is younger or owned stays', async () => {
    await using world = await openWorkerWorld();
    const raw = await world.blob(await world.store(text(5000)));
    const ready = await world.store(text(5000));
    await world.compress([ready]);
    const upload = await openUpload(world, { sizeBytes: 5, expiresInMs: 30 * DAY_MS });
    await world.objects.put(upload.objectKey, Readable.from([Buffer.from('whole')]));
    // Where a worker of a version before, which may still run, is about to switch to.
    const halfDone = `${raw.userId}/${raw.id}.zst`;
    const owned = [raw.objectKey, (await world.blob(ready)).objectKey, upload.objectKey, halfDone];
    await world.objects.put(halfDone, Readable.from([Buffer.from('x')]));
    for (const key of owned) await setAge(world, key, 2 * DAY_MS);
    const young = await strayObject(world, DAY_MS - MINUTE_MS);
    const old = await strayObject(world, DAY_MS + MINUTE_MS);
    const ofGoneBlob = await strayObject(world, 2 * DAY_MS, `${randomUUID()}.zst`);

    const sweep = sweeper(world);
    await sweep.at(0);
    // They were let go of; the first round of then removes them.
    await sweep.at(WEEK_MS - 1);
    for (const key of [old, ofGoneBlob]) expect(await world.objects.stat(key)).not.toBeNull();
    await sweep.at(WEEK_MS);
    for (const key of [old, ofGoneBlob]) expect(await world.objects.stat(key)).toBeNull();
    for (const key of [...owned, young]) expect(await world.objects.stat(key)).not.toBeNull();
  });

  test('are found page by page, and the next round goes on where the last one was', async () => {
    await using world = await openWorkerWorld();
    const keys: string[] = [];
    for (let count = 0; count < 5; count += 1) keys.push(await strayObject(world, 2 * DAY_MS));
    const { objects } = world;
    const inPages = {
      ...objects,
      list: (o: Parameters<typeof objects.list>[0]) => objects.list({ ...o, limit: 2 }),
    };
    const noted = async () => {
      const rows = await world.sql('SELECT object_key FROM object_deletions ORDER BY object_key COLLATE "C"');
      return rows.map(({ object_key }) => object_key);
    };
    // Another process each time. Round after round comes upon the same ones.
    for (const [round, expected] of [2, 4, 5, 5, 5].entries()) {
      await sweeper(world, { dependencies: { objects: inPages } }).at(round * 5 * MINUTE_MS);
      expect(await noted()).toEqual(keys.toSorted().slice(0, expected));
    }
    await sweeper(world).at(WEEK_MS);
    expect(await noted()).toEqual(keys.toSorted().slice(2));
  });

  test('stay when the database that knows them is put back in time', async () => {
    await using world = await openWorkerWorld();
    const content = text(5000);
    const id = await world.store(content);
    const { objectKey } = await world.blob(id);
    await setAge(world, objectKey, 2 * DAY_MS);
    // Where it was before.
    const before = await strayObject(world, 0);
    await world.sql(`UPDATE blobs SET object_key = '${before}' WHERE id = '${id}'`);
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(DAY_MS);
    expect(await world.sql('SELECT object_key FROM object_deletions')).toEqual([{ object_key: objectKey }]);
    await world.sql(`UPDATE blobs SET object_key = '${objectKey}' WHERE id = '${id}'`);
    await sweep.at(WEEK_MS);
    expect(await world.read(id)).toEqual(content);
  });

  test('are left alone when a page is full of them: then the database is the wrong one', async () => {
    await using world = await openWorkerWorld();
    const keys: string[] = [];
    for (let count = 0; count < 30; count += 1) keys.push(await strayObject(world, 2 * DAY_MS));
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(10 * MINUTE_MS);
    for (const key of keys) expect(await world.objects.stat(key)).not.toBeNull();
    expect(await world.database.repositories.objectDeletions.countDue(new Date(8e15))).toBe(0);
  });

  test('bytes of an upload session that nothing names go as well', async () => {
    await using world = await openWorkerWorld();
    const upload = await openUpload(world, { sizeBytes: 5, expiresInMs: 30 * DAY_MS });
    const stray = `${world.userId}/${randomUUID()}`;
    await writeFile(join(world.dataDir, 'objects', `${stray}.part`), 'half');
    for (const key of [stray, upload.objectKey]) await setAge(world, `${key}.part`, 2 * DAY_MS);
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(WEEK_MS);
    const session = (key: string) => world.objects.uploadSessionStatus(key, '5');
    expect(await session(stray)).toEqual({ state: 'gone' });
    expect(await session(upload.objectKey)).toMatchObject({ state: 'open' });
  });

  test('all unfinished uploads may be strays: they go when the objects tell that the database is the right one', async () => {
    await using world = await openWorkerWorld();
    await world.store(text(10));
    const folder = join(world.dataDir, 'objects', world.userId);
    const count = async (end: string) => (await readdir(folder)).filter((name) => name.endsWith(end)).length;
    for (let left = 30; left > 0; left -= 1) {
      const name = `${randomUUID()}.part`;
      await writeFile(join(folder, name), 'half');
      await setAge(world, join(world.userId, name), 2 * DAY_MS);
    }
    const sweep = sweeper(world);
    await sweep.at(0);
    await sweep.at(WEEK_MS);
    expect(await count('.part')).toBe(0);

    for (let left = 30; left > 0; left -= 1) {
      const stray = await strayObject(world, 2 * DAY_MS);
      await writeFile(join(world.dataDir, 'objects', `${stray}.part`), 'half');
      await setAge(world, `${stray}.part`, 2 * DAY_MS);
    }
    await sweep.at(WEEK_MS + 10 * MINUTE_MS);
    await sweep.at(2 * WEEK_MS + 10 * MINUTE_MS);
    expect(await count('.part')).toBe(30);
  });
});

describe('S6: an upload whose completion never came', () => {
  const content = Buffer.from('all of it');
  const declared = { sizeBytes: content.length, sha256: sha256Of(content) };

  async function sentUpload(
    world: WorkerWorld,
    options: { path: string; sha256?: string },
    bytes: Buffer = content,
  ) {
    const upload = await openUpload(world, { sizeBytes: bytes.length, ...options });
    const request = { key: upload.objectKey, sizeBytes: bytes.length, offset: 0 };
    await world.objects.receiver.receive(request, Readable.from([bytes]), new AbortController().signal);
    return upload;
  }

  test('is completed when its bytes are all there and its sha256 is known', async () => {
    await using world = await openWorkerWorld();
    const upload = await sentUpload(world, { path: 'forgotten.txt', ...declared });
    const sweep = sweeper(world);
    await sweep.at(10 * MINUTE_MS);
    expect(await world.database.repositories.files.findByPath(world.userId, 'forgotten.txt')).toBeNull();
    await sweep.at(20 * MINUTE_MS);
    const file = await world.database.repositories.files.findByPath(world.userId, 'forgotten.txt');
    expect(file).toMatchObject({ sizeBytes: content.length, sha256: declared.sha256, status: 'stored' });
    expect(sweep.enqueued).toContain(file?.blobId);
    expect(await world.read(file?.blobId ?? '')).toEqual(content);
    const { uploads, users } = world.database.repositories;
    expect(await uploads.findById(upload.id)).toMatchObject({ state: 'completed', fileId: file?.id });
    expect((await users.find(world.userId))?.usedBytes).toBe(content.length);
  });

  test('is not compressed before everything else: it has the priority of its size', async () => {
    await using world = await openWorkerWorld();
    const large = Buffer.alloc(9 * 1024 * 1024);
    await sentUpload(world, { path: 'large', sha256: sha256Of(large) }, large);
    await sentUpload(world, { path: 'small', sha256: declared.sha256 });
    const sweep = sweeper(world);
    await sweep.at(20 * MINUTE_MS);
    expect(new Set(sweep.priorities)).toEqual(new Set([PRIORITIES.urgent, PRIORITIES.large]));
  });

  test('is completed though another one can not be looked at', async () => {
    await using world = await openWorkerWorld();
    const sent = [];
    for (const path of ['a.txt', 'b.txt'])
      sent.push({ path, ...(await sentUpload(world, { path, ...declared })) });
    // They are looked at in the order of their ids.
    const [bad, good] = sent.toSorted((one, other) => (one.id < other.id ? -1 : 1));
    const objects = {
      ...world.objects,
      async stat(key: string) {
        if (key === bad?.objectKey) throw new Error('forbidden');
        return world.objects.stat(key);
      },
    };
    const sweep = sweeper(world, { dependencies: { objects } });
    await expect(sweep.at(20 * MINUTE_MS)).rejects.toThrow('Parts of the sweep failed (completedUploads)');
    const { files } = world.database.repositories;
    expect(await files.findByPath(world.userId, good?.path ?? '')).not.toBeNull();
    expect(await files.findByPath(world.userId, bad?.path ?? '')).toBeNull();
  });

  test('is not completed without a sha256, and goes when it has expired', async () => {
    await using world = await openWorkerWorld();
    const upload = await sentUpload(world, { path: 'unknown.txt' });
    const sweep = sweeper(world);
    await sweep.at(20 * MINUTE_MS);
    expect(await world.database.repositories.uploads.findById(upload.id)).toMatchObject({ state: 'pending' });
    await sweep.at(DAY_MS + 1);
    expect(await world.database.repositories.uploads.findById(upload.id)).toBeNull();
    expect(await world.objects.stat(upload.objectKey)).toBeNull();
  });

  test('does not hide what came to its path later', async () => {
    await using world = await openWorkerWorld();
    const forgotten = await sentUpload(world, { path: 'path.txt', ...declared });
    const { files, uploads } = world.database.repositories;
    const locked = await files.lockOrInsert(world.userId, [{ path: 'path.txt', newId: randomUUID() }]);
    const fileId = locked.get('path.txt')?.id ?? '';
    const blobId = await world.store(text(100));
    const version = { id: randomUUID(), fileId, number: 1, blobId };
    await files.addVersions([{ ...version, contentType: 'text/plain', modifiedAt: null }]);
    await sweeper(world).at(20 * MINUTE_MS);
    expect(await files.findByPath(world.userId, 'path.txt')).toMatchObject({ blobId });
    expect(await uploads.findById(forgotten.id)).toMatchObject({ state: 'pending' });
  });
});

test('an object that can not be deleted does not keep the others, and is tried again later', async () => {
  await using world = await openWorkerWorld();
  const { objectDeletions } = world.database.repositories;
  const [stuck, other] = [await strayObject(world, 0), await strayObject(world, 0)];
  await objectDeletions.schedule([stuck, other], world.now);
  let isStuck = true;
  const objects = {
    ...world.objects,
    async delete(key: string) {
      if (key === stuck && isStuck) throw new Error('not permitted');
      await world.objects.delete(key);
    },
  };
  const sweep = sweeper(world, { dependencies: { objects } });
  await sweep.at(0);
  expect(await world.objects.stat(other)).toBeNull();
  isStuck = false;
  await sweep.at(HOUR_MS / 2);
  expect(await world.objects.stat(stuck)).not.toBeNull();
  await sweep.at(HOUR_MS);
  expect(await world.objects.stat(stuck)).toBeNull();
});

test('S4: a dry run says what would be done, and changes nothing at all', async () => {
  await using world = await openWorkerWorld();
  const { blobs, uploads } = world.database.repositories;
  await world.store(text(100));
  const missing = await world.store(text(200));
  await world.objects.delete((await world.blob(missing)).objectKey);
  const unlinked = await world.store(text(300));
  await blobs.repointVersions(unlinked, missing);
  await openUpload(world, { sizeBytes: 5, expiresInMs: 1000 });
  const cancelled = await openUpload(world, { sizeBytes: 5 });
  await uploads.end(cancelled.id, world.now);
  const forgotten = await openUpload(world, { sizeBytes: 4, sha256: sha256Of(Buffer.from('all!')) });
  await world.objects.delete(forgotten.objectKey);
  await world.objects.put(forgotten.objectKey, Readable.from([Buffer.from('all!')]));
  await strayObject(world, 3 * DAY_MS);

  const before = await everything(world);
  const sweep = sweeper(world);
  expect(await sweep.dryRunAt(2 * HOUR_MS)).toEqual({
    requeuedBlobs: 3,
    completedUploads: 1,
    removedUploads: 2,
    removedBlobs: 1,
    deletedObjects: 1,
    strayObjects: 1,
    missingObjects: 1,
  });
  expect(sweep.enqueued).toEqual([]);
  expect(await everything(world)).toEqual(before);
});
