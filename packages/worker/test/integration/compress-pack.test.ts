import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { ObjectStore } from '@instashare/backend/storage';
import { describe, expect, test } from 'vitest';
import { type CompressFrame, createFrameCompressor } from '../../src/compress/compress-frame.ts';
import { GRACE_MS, openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const run = promisify(execFile);
const HOUR_MS = 3_600_000;
const FAR = new Date(8e15);

const due = (world: WorkerWorld, at: Date) => world.database.repositories.objectDeletions.due(at, 100);
const later = (world: WorkerWorld, ms: number) => new Date(world.now.getTime() + ms);

/** Its last bytes are such that the checksum of its frame is the number in which a seek table ends. */
function endsLikeASeekTable(): Buffer {
  const content = Buffer.alloc(2056, 'line 0 of a text\n');
  content.write('47c5dba02eea7cbd', content.length - 8, 'hex');
  return content;
}

const mixed = [
  text(40_000),
  Buffer.alloc(0),
  randomBytes(3000),
  Buffer.from('x'),
  text(700),
  text(900_000),
  randomBytes(10),
];

describe('small contents that share an object', () => {
  test('move together into a new one, each a frame or its plain bytes; the old one goes after the grace', async () => {
    await using world = await openWorkerWorld();
    const { ids, key: rawKey } = await world.storePack(mixed);
    await world.compress(ids);

    const blobs = await Promise.all(ids.map((id) => world.blob(id)));
    const keys = new Set(blobs.map(({ objectKey }) => objectKey));
    expect(keys.size).toBe(1);
    for (const key of keys) expect(key).toMatch(new RegExp(`^${world.userId}/[^/]+\\.zst$`));
    expect(blobs.map(({ status, encoding }) => [status, encoding])).toEqual(
      ['zstd', 'identity', 'identity', 'identity', 'zstd', 'zstd', 'identity'].map((encoding) => [
        'ready',
        encoding,
      ]),
    );
    for (const [index, id] of ids.entries()) expect(await world.read(id)).toEqual(mixed[index]);
    expect(await due(world, later(world, GRACE_MS - 1))).toEqual([]);
    expect(await due(world, FAR)).toEqual([rawKey]);
  });

  test('the stock zstd restores each of them from its part of the object, and all that shrink from the whole', async () => {
    await using world = await openWorkerWorld();
    const contents = [text(40_000), text(5000), text(123_456)];
    const { ids, key } = await world.storePack([...contents, randomBytes(2000)]);
    await world.compress(ids);
    const whole = await world.blob(ids[0] ?? '');
    expect(whole.objectKey).not.toBe(key);
    const restored = await run('zstd', ['-d', '-c', `${world.dataDir}/objects/${whole.objectKey}`], {
      encoding: 'buffer',
    });
    expect(restored.stdout.equals(Buffer.concat(contents))).toBe(true);
    for (const [index, id] of ids.slice(0, 3).entries()) {
      const { objectKey, objectOffset, storedBytes } = await world.blob(id);
      const file = `${world.dataDir}/objects/${objectKey}`;
      const cut = `tail -c +${Number(objectOffset) + 1} '${file}' | head -c ${storedBytes} | zstd -d`;
      const { stdout } = await run('sh', ['-c', cut], { encoding: 'buffer' });
      expect(stdout.equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
    }
  });

  test('moved by two jobs: the old object keeps its grace after the last of them', async () => {
    await using world = await openWorkerWorld();
    const { ids, key } = await world.storePack([text(5000), text(6000)]);
    const [first = '', last = ''] = ids;
    await world.compress([first]);
    await world.compress([last], { now: () => later(world, GRACE_MS) });
    expect(await due(world, later(world, 2 * GRACE_MS - 1))).not.toContain(key);
    expect(await due(world, later(world, 2 * GRACE_MS))).toContain(key);
  });

  test('stay where they are when nothing shrinks', async () => {
    await using world = await openWorkerWorld();
    const contents = [randomBytes(3000), randomBytes(2000), Buffer.alloc(0)];
    const { ids, key } = await world.storePack(contents);
    await world.compress(ids);
    for (const [index, id] of ids.entries()) {
      expect(await world.blob(id)).toMatchObject({ status: 'ready', objectKey: key, encoding: 'identity' });
      expect(await world.read(id)).toEqual(contents[index]);
    }
    for (const left of await due(world, FAR)) expect(left).not.toBe(key);
  });

  test('of two objects and of two users in one job', async () => {
    await using world = await openWorkerWorld();
    const stranger = await world.addUser();
    const packs = [
      await world.storePack([text(5000), text(6000)]),
      await world.storePack([text(7000)]),
      await world.storePack([text(8000)], { userId: stranger }),
    ];
    await world.compress(packs.flatMap(({ ids }) => ids));
    const keys = await Promise.all(
      packs.map(async ({ ids: [id = ''] }) => (await world.blob(id)).objectKey.split('/')[0]),
    );
    expect(keys).toEqual([world.userId, world.userId, stranger]);
  });

  test('run twice, or by two at once, they are settled once', async () => {
    await using world = await openWorkerWorld();
    const { ids } = await world.storePack(mixed);
    await Promise.all([world.compress(ids), world.compress(ids)]);
    await world.compress(ids);
    const keys = new Set(
      (await Promise.all(ids.map((id) => world.blob(id)))).map(({ objectKey }) => objectKey),
    );
    expect(keys.size).toBe(1);
    for (const [index, id] of ids.entries()) expect(await world.read(id)).toEqual(mixed[index]);
    // What the one that came too late had written is on its way out; what is in use is not.
    for (const key of await due(world, FAR)) expect(keys.has(key)).toBe(false);
  });
});

describe('what goes wrong with a shared object', () => {
  test('bytes that are not what was declared fail their own content only', async () => {
    await using world = await openWorkerWorld();
    const good = text(5000);
    const { ids } = await world.storePack([good, text(4000)], { damaged: 1 });
    await world.compress(ids);
    const [first = '', second = ''] = ids;
    expect(await world.blob(first)).toMatchObject({ status: 'ready', encoding: 'zstd' });
    expect(await world.read(first)).toEqual(good);
    const { status, failure } = await world.blob(second);
    expect(status).toBe('failed');
    expect(failure).toMatch(/have the sha256/);
    // The raw object holds the damaged bytes still.
    const { objectKey } = await world.blob(second);
    expect(await due(world, FAR)).not.toContain(objectKey);
  });

  test('an object that is gone is the fault of its own contents; the others of the job are ready', async () => {
    await using world = await openWorkerWorld();
    const gone = await world.storePack([text(5000)]);
    const there = await world.storePack([text(6000)]);
    await world.objects.delete(gone.key);
    await expect(world.compress([...gone.ids, ...there.ids])).rejects.toThrow(
      '1 blobs could not be processed',
    );
    expect(await world.blob(there.ids[0] ?? '')).toMatchObject({ status: 'ready' });
    expect(await world.blob(gone.ids[0] ?? '')).toMatchObject({ status: 'stored' });
  });

  test.each([
    ['a frame', (bytes: Buffer) => bytes.fill(0, 20, 40)],
    ['what stands there as it is', (bytes: Buffer) => bytes.fill(0, bytes.length - 900, bytes.length - 800)],
    ['an object that is longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['an object that is shorter', (bytes: Buffer) => bytes.subarray(0, -1)],
  ])('S12: what does not read back is never switched to: %s', async (_name, damage) => {
    await using world = await openWorkerWorld();
    const { ids, key } = await world.storePack([text(5000), randomBytes(6000)]);
    const objects: ObjectStore = {
      ...world.objects,
      async read(asked, options) {
        const bytes = await buffer(await world.objects.read(asked, options));
        return Readable.from([asked.endsWith('.zst') ? damage(bytes) : bytes]);
      },
    };
    await expect(world.compress(ids, { objects })).rejects.toThrow('2 blobs could not');
    for (const id of ids) expect(await world.blob(id)).toMatchObject({ status: 'stored', objectKey: key });
  });

  test('contents that can not be compressed for once are the fault of nobody else, and what they lie in stays', async () => {
    await using world = await openWorkerWorld();
    const contents = Array.from({ length: 6 }, () => text(1_000_000));
    const failing = await world.storePack(contents);
    const good = await world.storePack([text(5000)]);
    const compress = createFrameCompressor({ atOnce: 3 });
    let asked = 0;
    // The first of them fails while the others are at work on what was read.
    const compressFrame: CompressFrame = async (content, level) => {
      if (content.length === 1_000_000 && asked++ === 0) throw new Error('no memory');
      return compress(content, level);
    };
    await expect(world.compress([...failing.ids, ...good.ids], { compressFrame })).rejects.toThrow('6 blobs');
    expect(await world.blob(good.ids[0] ?? '')).toMatchObject({ status: 'ready' });
    await world.compress(failing.ids);
    const read = await Promise.all(failing.ids.map((id) => world.read(id)));
    expect(read.map((content, index) => contents[index]?.equals(content))).toEqual(Array(6).fill(true));
  });

  test.each([
    [
      'with others',
      async (world: WorkerWorld) => (await world.storePack([endsLikeASeekTable(), text(5000)])).ids,
    ],
    ['alone', async (world: WorkerWorld) => [await world.store(endsLikeASeekTable())]],
  ])('a frame that ends as if a seek table were behind it stays as it is: %s', async (_name, store) => {
    await using world = await openWorkerWorld();
    const ids = await store(world);
    await world.compress(ids);
    const [id = ''] = ids;
    expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'identity' });
    expect(await world.read(id)).toEqual(endsLikeASeekTable());
  });

  test('a crash after it was written leaves nothing for longer than an hour', async () => {
    await using world = await openWorkerWorld();
    const { ids, key } = await world.storePack([text(5000)]);
    const objects: ObjectStore = {
      ...world.objects,
      async put(...asked) {
        await world.objects.put(...asked);
        throw new Error('the process ended here');
      },
    };
    await expect(world.compress(ids, { objects })).rejects.toThrow('1 blobs could not');
    const [left = ''] = await due(world, later(world, HOUR_MS));
    expect(await world.objects.stat(left)).not.toBeNull();
    expect(await due(world, later(world, HOUR_MS - 1))).toEqual([]);
    expect(await world.blob(ids[0] ?? '')).toMatchObject({ status: 'stored', objectKey: key });
  });

  test('a job that took so long that the sweep may be at it does not switch', async () => {
    await using world = await openWorkerWorld();
    const { ids, key } = await world.storePack([text(5000)]);
    let asked = 0;
    // The clock of the job stands still until the object is written, and then is far ahead.
    const now = () => (asked++ === 0 ? world.now : later(world, HOUR_MS - 1));
    await expect(world.compress(ids, { now })).rejects.toThrow('too long ago');
    expect(await world.blob(ids[0] ?? '')).toMatchObject({ status: 'stored', objectKey: key });
    expect(await readFile(`${world.dataDir}/objects/${key}`)).toHaveLength(5000);
  });
});
