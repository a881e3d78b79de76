import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type CompressFrame, createFrameCompressor } from '../../src/compress/compress-frame.ts';
import { FRAME_BYTES } from '../../src/compress/plan.ts';
import { GRACE_MS, openWorkerWorld, text } from '../support/world.ts';

const MIB = 1024 * 1024;
const run = promisify(execFile);

describe('compressing', () => {
  const contents = {
    'content of many frames': text(2 * FRAME_BYTES + 321),
    'content of exactly two frames': text(2 * FRAME_BYTES),
    'content of one frame': text(300_000),
    'content of exactly one whole frame': text(FRAME_BYTES),
    'a small text': text(1024),
  };

  test.each(Object.entries(contents))(
    '%s becomes smaller, reads the same, and is restored by the stock zstd',
    async (_, content) => {
      await using world = await openWorkerWorld();
      const id = await world.store(content);
      const { objectKey: rawKey } = await world.blob(id);
      await world.compress([id]);

      const blob = await world.blob(id);
      const { objectKey: key } = blob;
      expect(key).toMatch(new RegExp(`^${world.userId}/[^/]+\\.zst$`));
      const verifiedAt = world.now;
      expect(blob).toMatchObject({
        status: 'ready',
        encoding: 'zstd',
        verifiedAt,
        failure: null,
      });
      expect(blob.storedBytes).toBeLessThan(content.length * 0.7);
      expect(await world.objects.stat(key)).toMatchObject({ sizeBytes: blob.storedBytes });
      expect((await world.read(id)).equals(content)).toBe(true);

      const file = `${world.dataDir}/objects/${key}`;
      const restored = await run('zstd', ['-d', '-c', file], { encoding: 'buffer', maxBuffer: 64 * MIB });
      expect(restored.stdout.equals(content)).toBe(true);

      const { objectDeletions } = world.database.repositories;
      expect(await objectDeletions.due(new Date(world.now.getTime() + GRACE_MS - 1), 10)).toEqual([]);
      expect(await objectDeletions.due(new Date(world.now.getTime() + GRACE_MS), 10)).toEqual([rawKey]);
    },
  );

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.from('x')],
    ['tiny text', text(1000)],
    ['small random bytes', randomBytes(100_000)],
    ['large random bytes', randomBytes(5 * MIB)],
    ['random bytes with some text before', Buffer.concat([text(20_000), randomBytes(5 * MIB)])],
  ])('%s stays as it is, verified', async (_, content) => {
    await using world = await openWorkerWorld();
    const id = await world.store(content);
    const before = await world.blob(id);
    await world.compress([id]);
    expect(await world.blob(id)).toEqual({ ...before, status: 'ready', verifiedAt: world.now });
    expect((await world.read(id)).equals(content)).toBe(true);
    expect(await world.objectKeys()).toEqual([before.objectKey]);
    expect(await world.database.repositories.objectDeletions.due(new Date(8e15), 10)).toEqual([]);
  });

  test('text behind a large random part is still found worth it', async () => {
    await using world = await openWorkerWorld();
    const content = Buffer.concat([randomBytes(2 * MIB), text(6 * MIB)]);
    const id = await world.store(content);
    await world.compress([id]);
    expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'zstd' });
    expect((await world.read(id)).equals(content)).toBe(true);
  });

  test('all is compressed at the level of the configuration, alone or shared', async () => {
    await using world = await openWorkerWorld();
    const ids = [await world.store(text(5000)), await world.store(text(FRAME_BYTES + 1))];
    ids.push(...(await world.storePack([text(2000)])).ids);
    const compress = createFrameCompressor({ atOnce: 2 });
    const levels: number[] = [];
    const compressFrame: CompressFrame = (content, level) => {
      levels.push(level);
      return compress(content, level);
    };
    await world.compress(ids, { compressFrame, level: 7 });
    // Two frames of the large one, its five samples, and one of each other.
    expect(levels).toEqual(Array.from({ length: 9 }, () => 7));
  });

  test('the owner is told, once for each file', async () => {
    await using world = await openWorkerWorld();
    const ids = [await world.store(text(5000)), await world.store(randomBytes(5000))];
    await world.compress(ids);
    await world.compress(ids);
    expect((await world.database.repositories.users.find(world.userId))?.changeSeq).toBe(2);
  });

  test('of many small ones at once all are ready in one go', async () => {
    await using world = await openWorkerWorld();
    const contents100 = Array.from({ length: 100 }, (_, index) => text(500 + index * 30));
    const ids = await Promise.all(contents100.map((content) => world.store(content)));
    await world.compress(ids);
    for (const [index, id] of ids.entries()) {
      expect(await world.blob(id)).toMatchObject({ status: 'ready' });
      expect(await world.read(id)).toEqual(contents100[index]);
    }
  });
});

describe('content that is there twice', () => {
  test('is kept once: versions point to the first, and the quota is given back', async () => {
    await using world = await openWorkerWorld();
    const content = text(50_000);
    const first = await world.store(content, { verified: true });
    const second = await world.store(content);
    const { objectKey: secondKey } = await world.blob(second);
    await world.compress([second]);
    await world.compress([first]);

    expect(await world.database.repositories.blobs.find(second)).toBeNull();
    expect(await world.blob(first)).toMatchObject({ status: 'ready', encoding: 'zstd' });
    const uses = await world.database.repositories.files.withContent([first, second]);
    expect(uses.map(({ blobId }) => blobId)).toEqual([first, first]);
    expect((await world.database.repositories.users.find(world.userId))?.usedBytes).toBe(content.length);
    const due = await world.database.repositories.objectDeletions.due(new Date(8e15), 10);
    const { objectKey: firstKey } = await world.blob(first);
    const left = (await world.objectKeys()).filter((key) => key !== firstKey);
    expect(left).toContain(secondKey);
    expect(due.toSorted()).toEqual(left.toSorted());
  });

  test('neither verified before: one of them stays, in one job or in two at once', async () => {
    await using world = await openWorkerWorld();
    const content = text(50_000);
    const ids = await Promise.all(Array.from({ length: 6 }, () => world.store(content)));
    await Promise.all([
      world.compress(ids.slice(0, 2)),
      world.compress(ids.slice(2, 4)),
      world.compress(ids.slice(4)),
    ]);
    const left = await world.database.repositories.blobs.findMany(ids);
    expect(left).toHaveLength(1);
    expect(left).toMatchObject([{ status: 'ready' }]);
    const uses = await world.database.repositories.files.withContent(ids);
    expect(uses.map(({ blobId }) => blobId)).toEqual(Array.from({ length: 6 }, () => left[0]?.id));
    expect((await world.database.repositories.users.find(world.userId))?.usedBytes).toBe(content.length);
  });
});

describe('run twice or killed anywhere', () => {
  test('two workers with the same blobs come to one result', async () => {
    await using world = await openWorkerWorld();
    const contents = [text(5 * MIB), text(9000), randomBytes(9000)];
    const ids = await Promise.all(contents.map((content) => world.store(content)));
    await Promise.all([world.compress(ids), world.compress(ids), world.compress(ids)]);
    for (const [index, id] of ids.entries()) {
      expect(await world.blob(id)).toMatchObject({ status: 'ready' });
      expect((await world.read(id)).equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
    }
    expect((await world.database.repositories.users.find(world.userId))?.changeSeq).toBe(3);
  });

  test('a worker that comes too late and reads wrongly takes nothing away from the one that took over', async () => {
    await using world = await openWorkerWorld();
    const content = text(5 * MIB);
    const id = await world.store(content);
    const { objectKey } = await world.blob(id);
    const late = {
      ...world.objects,
      async read(key: string, options: Parameters<typeof world.objects.read>[1] = {}) {
        const bytes = await buffer(await world.objects.read(key, options));
        if (key === objectKey && (options.offset ?? 0) === 0) bytes[1000] = 0;
        return Readable.from([bytes]);
      },
      async put(...put: Parameters<typeof world.objects.put>) {
        const stat = await world.objects.put(...put);
        // Its lock was lost: the queue has given the job to another one, which is done first.
        await world.compress([id]);
        return stat;
      },
    };
    await world.compress([id], { objects: late });
    expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'zstd' });
    expect((await world.read(id)).equals(content)).toBe(true);
  });

  // Of one frame, and of many; large enough for their memory to be freed once they are written.
  const large = Buffer.concat([randomBytes(900_000), text(900_000)]);
  const ofSize = { small: text(50_000), large, huge: Buffer.concat([large, large, large]) };
  test.each([
    ['is damaged', 'small', randomBytes(100)],
    ['holds other content', 'small', zstdCompressSync(text(50_000))],
    ['is damaged', 'large', randomBytes(100)],
    ['is damaged', 'huge', randomBytes(100)],
  ] as const)('what was written and %s is written anew elsewhere, %s content', async (_, size, damaged) => {
    await using world = await openWorkerWorld();
    const content = ofSize[size];
    const id = await world.store(content);
    const written: string[] = [];
    const objects = {
      ...world.objects,
      async put(...[key, body, options]: Parameters<typeof world.objects.put>) {
        written.push(key);
        if (written.length > 1) return world.objects.put(key, body, options);
        const { length } = await buffer(body);
        return { ...(await world.objects.put(key, Readable.from([damaged]))), sizeBytes: length };
      },
    };
    await world.compress([id], { objects });
    const { objectKey, status } = await world.blob(id);
    expect(status).toBe('ready');
    expect((await world.read(id)).equals(content)).toBe(true);
    expect(written).toEqual([expect.not.stringMatching(objectKey), objectKey]);
    expect(await world.objects.stat(written[0] ?? '')).toBeNull();
  });

  test('told to stop, it keeps what is done and leaves the rest for the next run', async () => {
    await using world = await openWorkerWorld();
    const contents = Array.from({ length: 20 }, (_, index) => text(3000 + index));
    const ids = await Promise.all(contents.map((content) => world.store(content)));
    const stop = new AbortController();
    let written = 0;
    const objects = {
      ...world.objects,
      put: async (...put: Parameters<typeof world.objects.put>) => {
        written += 1;
        if (written === 10) stop.abort(new Error('the worker stops'));
        return world.objects.put(...put);
      },
    };
    await expect(world.compress(ids, { objects, signal: stop.signal })).rejects.toThrow('the worker stops');
    const states = (await world.database.repositories.blobs.findMany(ids)).map(({ status }) => status);
    expect(new Set(states)).toEqual(new Set(['ready', 'stored']));
    await world.compress(ids);
    for (const [index, id] of ids.entries()) expect(await world.read(id)).toEqual(contents[index]);
  });

  test('a blob that was removed meanwhile leaves no object behind', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5000));
    const { objectKey } = await world.blob(id);
    const objects = {
      ...world.objects,
      put: async (...put: Parameters<typeof world.objects.put>) => {
        const twin = await world.store(text(10), { verified: true });
        await world.database.repositories.blobs.repointVersions(id, twin);
        await world.database.repositories.blobs.remove(id);
        return world.objects.put(...put);
      },
    };
    await world.compress([id], { objects });
    const encoded = (await world.objectKeys()).filter((key) => key.endsWith('.zst'));
    expect(encoded).toHaveLength(1);
    expect(await world.database.repositories.objectDeletions.due(new Date(8e15), 10)).toEqual(encoded);
    expect(encoded).not.toContain(objectKey);
  });
});
