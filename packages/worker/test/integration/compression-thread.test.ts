import { randomBytes } from 'node:crypto';
import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdCompressSync } from 'node:zlib';
import { isStorageError } from '@instashare/backend/errors';
import { openObjectStore } from '@instashare/backend/storage';
import { describe, expect, test } from 'vitest';
import { encodedKey } from '../../src/compress/compress-blob.ts';
import {
  type CompressionThread,
  createCompressionThread,
} from '../../src/thread/start-compression-thread.ts';
import { dense, openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/worker-world.ts';

const MIB = 1024 * 1024;
const INSTANCE = 'b7f1c1c6-6d0b-4b55-9d4e-3a5d2f8f0f11';

async function openThread(
  { dataDir }: WorkerWorld,
  { compressionLevel = 3 } = {},
): Promise<CompressionThread> {
  const location = { dataDir, gcs: null, publicUrl: 'http://x' };
  const storeOptions = { reserveBytes: 0, urlSecret: 'x' };
  const owner = { instanceId: INSTANCE, expectsMark: false, mayMark: true, noteMark: async () => {} };
  const { store } = await openObjectStore(location, { ...storeOptions, owner });
  await store[Symbol.asyncDispose]();
  return createCompressionThread({
    location,
    storeOptions,
    instanceId: INSTANCE,
    concurrency: 2,
    compressionLevel,
  });
}

const task = (signal = new AbortController().signal, onProgress: (doneBytes: number) => void = () => {}) => ({
  signal,
  onProgress,
});

describe('the compression thread', () => {
  test('comes to what the job comes to, and tells how far it is', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world);
    const contents = [text(5 * MIB + 321), randomBytes(5 * MIB), text(3 * MIB)];
    const ids = await Promise.all(contents.map((content) => world.store(content)));
    const done = new Map<string, number>();
    await world.compress(ids, {
      compressLarge: (blob, { signal }) =>
        thread.compress(
          blob,
          task(signal, (doneBytes) => done.set(blob.id, doneBytes)),
        ),
    });
    const blobs = await Promise.all(ids.map((id) => world.blob(id)));
    expect(blobs.map(({ status, encoding }) => [status, encoding])).toEqual([
      ['ready', 'zstd'],
      ['ready', 'identity'],
      ['ready', 'zstd'],
    ]);
    for (const [index, id] of ids.entries())
      expect(sha256Of(await world.read(id))).toBe(sha256Of(contents[index] ?? Buffer.alloc(0)));
    expect([done.get(ids[0] ?? ''), done.get(ids[2] ?? '')]).toEqual([
      contents[0]?.length,
      contents[2]?.length,
    ]);
  });

  test('content that is not what was declared has failed', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world);
    const blob = await world.blob(
      await world.store(text(5 * MIB), { sha256: sha256Of(Buffer.from('other')) }),
    );
    expect(await thread.compress(blob, task())).toMatchObject({ kind: 'failed' });
    expect(await world.objects.stat(encodedKey(blob))).toBeNull();
  });

  test('S12: what lies under its key and decodes to other content is written anew', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world);
    const content = text(5 * MIB);
    const blob = await world.blob(await world.store(content));
    await world.objects.put(encodedKey(blob), Readable.from([zstdCompressSync(text(5 * MIB))]));
    const verdict = await thread.compress(blob, task());
    expect(verdict).toMatchObject({ kind: 'ready', location: { encoding: 'zstd' } });
  });

  test('an error of the store is one on this side as well, with its reason', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world);
    const blob = await world.blob(await world.store(text(5 * MIB)));
    await world.objects.delete(blob.objectKey);
    const error: unknown = await thread.compress(blob, task()).catch((failure: unknown) => failure);
    expect(isStorageError(error, 'object_missing')).toBe(true);
    expect(error).toMatchObject({
      message: 'There is no such object',
    });
    expect(error instanceof Error ? error.stack : '').toContain('ENOENT');
  });

  test('told to stop, it leaves nothing behind and goes on with others', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world, { compressionLevel: 12 });
    const [large, other] = await Promise.all([world.store(dense(24 * MIB)), world.store(text(3 * MIB))]);
    const stop = new AbortController();
    const stopped = thread.compress(
      await world.blob(large),
      task(stop.signal, () => stop.abort(new Error('the worker stops'))),
    );
    await expect(stopped).rejects.toThrow('the worker stops');
    expect(await readdir(join(world.dataDir, 'objects', '.incoming'))).toEqual([]);
    expect(await thread.compress(await world.blob(other), task())).toMatchObject({ kind: 'ready' });
  });

  test('a store that is away when it starts is opened again for the next', async () => {
    await using world = await openWorkerWorld();
    await using thread = await openThread(world);
    const blob = await world.blob(await world.store(text(3 * MIB)));
    const objects = join(world.dataDir, 'objects');
    await rename(objects, `${objects}.away`);
    await writeFile(objects, '');
    const error: unknown = await thread.compress(blob, task()).catch((failure: unknown) => failure);
    expect(isStorageError(error)).toBe(true);
    await rename(`${objects}.away`, `${objects}.back`);
    await rename(objects, `${objects}.file`);
    await rename(`${objects}.back`, objects);
    expect(await thread.compress(blob, task())).toMatchObject({ kind: 'ready' });
  });
});
