import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StorageError } from '@instashare/backend/errors';
import { describe, expect, test } from 'vitest';
import { createFrameCompressor } from '../../src/compress/compress-frame.ts';
import { openWorkerWorld, sha256Of, text } from '../support/world.ts';

const MIB = 1024 * 1024;

describe('content that is not what was declared', () => {
  test.each([
    ['small', text(5000)],
    ['large', text(5 * MIB)],
    ['incompressible', randomBytes(5 * MIB)],
    ['tiny', text(10)],
  ])('%s: is failed with the reason, and its bytes are kept', async (_, content) => {
    await using world = await openWorkerWorld();
    const sha256 = sha256Of(Buffer.from('something else'));
    const [bad, good] = [await world.store(content, { sha256 }), await world.store(text(3000))];
    await world.compress([bad, good]);
    const blob = await world.blob(bad);
    expect(blob).toMatchObject({ status: 'failed', verifiedAt: null, encoding: 'identity' });
    expect(blob.failure).toBe(
      `The stored bytes have the sha256 ${sha256Of(content)}, but ${sha256} was declared`,
    );
    expect((await world.read(bad)).equals(content)).toBe(true);
    const { objectKey, status } = await world.blob(good);
    expect(status).toBe('ready');
    const compressed = (await world.objectKeys()).filter((key) => key.endsWith('.zst'));
    expect(compressed).toEqual([objectKey]);
    const changed = await world.database.repositories.users.find(world.userId);
    expect(changed?.changeSeq).toBe(2);
  });
});

describe('content that failed and is sent again', () => {
  test('is good again in every version that has it, and the failed bytes go', async () => {
    await using world = await openWorkerWorld();
    const content = text(5000);
    const sha256 = sha256Of(content);
    // Two files had it, and what came of it was torn.
    const torn = await world.store(content.subarray(0, 4000), { sha256 });
    const other = await world.store(content.subarray(0, 3000), { sha256 });
    await world.compress([torn, other]);
    expect((await world.blob(torn)).status).toBe('failed');

    const again = await world.store(content);
    await world.compress([again]);
    const uses = await world.database.repositories.files.withContent([torn, other, again]);
    expect(uses.map(({ blobId }) => blobId)).toEqual([again, again, again]);
    expect(await world.blob(again)).toMatchObject({ status: 'ready' });
    const page = await world.database.repositories.blobs.findUnlinked(null, 10);
    expect(page.unlinkedIds.toSorted()).toEqual([torn, other].toSorted());
    const news = await world.sql('SELECT kind FROM changes ORDER BY seq');
    expect(news.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'ready', 'updated', 'updated']);
  });

  test('a torn copy of content that is verified elsewhere is replaced by it at once', async () => {
    await using world = await openWorkerWorld();
    const content = text(5000);
    const good = await world.store(content, { verified: true });
    const torn = await world.store(content.subarray(0, 4000), { sha256: sha256Of(content) });
    await world.compress([torn]);
    const uses = await world.database.repositories.files.withContent([good, torn]);
    expect(uses.map(({ blobId }) => blobId)).toEqual([good, good]);
  });
});

test('content that was sent again takes the place of the same whose object is gone, which nobody knew', async () => {
  await using world = await openWorkerWorld();
  const content = text(5000);
  const lost = await world.store(content, { verified: true });
  await world.compress([lost]);
  await world.objects.delete((await world.blob(lost)).objectKey);
  const again = await world.store(content);
  await world.compress([again]);
  expect(await world.read(again)).toEqual(content);
  const uses = await world.database.repositories.files.withContent([lost, again]);
  expect(uses.map(({ blobId }) => blobId)).toEqual([again, again]);
});

test('of many that came again, each over an object of its own, all are settled by one job', async () => {
  await using world = await openWorkerWorld();
  const contents = Array.from({ length: 8 }, () => text(3000));
  const known = await Promise.all(contents.map((content) => world.store(content, { verified: true })));
  const again = await Promise.all(contents.map((content) => world.store(content)));
  await world.compress(again);
  const uses = await world.database.repositories.files.withContent([...known, ...again]);
  expect(new Set(uses.map(({ blobId }) => blobId))).toEqual(new Set(known));
});

describe('when something fails', () => {
  const failing = (reason: 'storage_full' | 'storage_failed') => async () => {
    throw new StorageError(reason, 'the disk is in a bad way');
  };

  test('a blob whose object is missing does not keep the others, and is given up at last', async () => {
    await using world = await openWorkerWorld();
    const [missing, good] = [await world.store(text(5000)), await world.store(text(6000))];
    await world.objects.delete((await world.blob(missing)).objectKey);
    await expect(world.compress([missing, good])).rejects.toThrow('1 blobs could not be processed');
    expect(await world.blob(missing)).toMatchObject({ status: 'stored' });
    expect(await world.blob(good)).toMatchObject({ status: 'ready' });

    await world.compress([missing, good], { isLastAttempt: true });
    expect(await world.blob(missing)).toMatchObject({
      status: 'failed',
      failure: 'Could not be processed: There is no such object',
    });
  });

  test('a blob that the disk can not read is failed at last, and only that one', async () => {
    await using world = await openWorkerWorld();
    const ids = await Promise.all(
      [text(5000), text(5 * MIB), text(6 * MIB)].map((each) => world.store(each)),
    );
    const bad = new Set(
      (await Promise.all(ids.slice(0, 2).map((id) => world.blob(id)))).map(({ objectKey }) => objectKey),
    );
    const objects = {
      ...world.objects,
      async read(...[key, options]: Parameters<typeof world.objects.read>) {
        if (!bad.has(key)) return world.objects.read(key, options);
        const error = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
        return new Readable({
          read() {
            this.destroy(error);
          },
        });
      },
    };
    await expect(world.compress(ids, { objects })).rejects.toThrow('2 blobs could not be processed');
    await world.compress(ids, { objects, isLastAttempt: true });
    const failed = { status: 'failed', failure: 'Could not be processed: EIO: i/o error, read' };
    expect(await Promise.all(ids.map((id) => world.blob(id)))).toMatchObject([
      failed,
      failed,
      { status: 'ready' },
    ]);
  });

  test('a disk that can not be used at all fails no content', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5000));
    const error = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' });
    const away = () => Promise.reject(new StorageError('storage_failed', 'the disk', { cause: error }));
    const objects = { ...world.objects, read: away, check: away };
    await expect(world.compress([id], { objects, isLastAttempt: true })).rejects.toThrow('1 blobs could not');
    expect(await world.blob(id)).toMatchObject({ status: 'stored', failure: null });
  });

  test('S12: told to stop at the last attempt, a large blob is left for the next worker, not failed', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5 * MIB));
    const stop = new AbortController();
    const objects = {
      ...world.objects,
      async put(...put: Parameters<typeof world.objects.put>) {
        stop.abort(new Error('the worker stops'));
        return world.objects.put(...put);
      },
    };
    const last = { objects, signal: stop.signal, isLastAttempt: true };
    await expect(world.compress([id], last)).rejects.toThrow('the worker stops');
    expect(await world.blob(id)).toMatchObject({ status: 'stored', failure: null });
  });

  test('S12: what never reads back as it was is not used: at last the content stays as it is', async () => {
    await using world = await openWorkerWorld();
    const contents = [text(50_000), text(5 * MIB)];
    const ids = await Promise.all(contents.map((content) => world.store(content)));
    const objects = {
      ...world.objects,
      async read(...[key, options]: Parameters<typeof world.objects.read>) {
        if (!key.endsWith('.zst')) return world.objects.read(key, options);
        const bytes = await buffer(await world.objects.read(key, options));
        return Readable.from([bytes.fill(0, 20, 40)]);
      },
    };
    await expect(world.compress(ids, { objects })).rejects.toThrow('2 blobs could not be processed');
    await world.compress(ids, { objects, isLastAttempt: true });
    for (const [index, id] of ids.entries()) {
      expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'identity' });
      expect((await world.read(id)).equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
    }
  });

  test('S12: a compressor that gives good frames of other bytes is found out, and the content stays as it is', async () => {
    await using world = await openWorkerWorld();
    const contents = [text(50_000), text(5 * MIB), text(3000), text(4000)];
    const alone = await Promise.all(contents.slice(0, 2).map((content) => world.store(content)));
    const ids = [...alone, ...(await world.storePack(contents.slice(2))).ids];
    const compress = createFrameCompressor({ atOnce: 2 });
    const compressFrame = (content: Buffer, level: number) => {
      const other = Buffer.from(content);
      // One bit, as a bug or bad memory has it.
      other.writeUInt8(other.readUInt8(1000) ^ 1, 1000);
      return compress(other, level);
    };
    await expect(world.compress(ids, { compressFrame })).rejects.toThrow('4 blobs could not be processed');
    await world.compress(ids, { compressFrame, isLastAttempt: true });
    for (const [index, id] of ids.entries()) {
      expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'identity' });
      expect((await world.read(id)).equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
    }
    const written = (await world.objectKeys()).filter((key) => key.endsWith('.zst'));
    expect(written).not.toEqual([]);
    const toGo = await world.sql('SELECT object_key FROM object_deletions');
    expect(toGo.map(({ object_key }) => object_key)).toEqual(expect.arrayContaining(written));
  });

  test.each([
    ['is full', { put: failing('storage_full') }],
    ['is down', { put: failing('storage_failed'), check: failing('storage_failed') }],
    ['can not be written to for a moment', { put: failing('storage_failed') }],
    [
      'fails in the middle of a read',
      {
        read: async () =>
          new Readable({
            read() {
              this.destroy(new Error('EIO'));
            },
          }),
      },
    ],
  ])('a store that %s is no fault of the blob, not even at last', async (_, faults) => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5000));
    const objects = { ...world.objects, ...faults };
    await expect(world.compress([id], { objects, isLastAttempt: true })).rejects.toThrow(
      'could not be processed',
    );
    expect(await world.blob(id)).toMatchObject({ status: 'stored', failure: null });
    await world.compress([id]);
    expect(await world.blob(id)).toMatchObject({ status: 'ready' });
  });
});
