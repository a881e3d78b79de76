import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createLog } from '@instashare/backend/log';
import { createJobQueue, type JobQueue } from '@instashare/backend/queue';
import { startGcsServer } from '@instashare/backend/testing';
import { describe, expect, test, vi } from 'vitest';
import { startWorkerProcess } from '../support/worker-process.ts';
import { dense, openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const MIB = 1024 * 1024;

function openQueue(world: WorkerWorld): Promise<JobQueue> {
  const log = createLog({ name: 'test', level: 'silent' });
  return createJobQueue({ databaseUrl: world.databaseUrl, redisUrl: null, log });
}

async function untilReady(world: WorkerWorld, blobId: string, timeoutMs: number): Promise<void> {
  const ready = async () => expect(await world.blob(blobId)).toMatchObject({ status: 'ready' });
  await vi.waitFor(ready, { timeout: timeoutMs, interval: 100 });
}

/** Bytes of what is being written to the store and has no name yet. */
async function incomingBytes(world: WorkerWorld): Promise<number[]> {
  const folder = join(world.dataDir, 'objects', '.incoming');
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
}

describe('the worker process', () => {
  test('works on what is in the queue, and ends in order when it is told to', async () => {
    await using world = await openWorkerWorld();
    await using queue = await openQueue(world);
    await using worker = await startWorkerProcess(world);
    const content = text(3 * MIB);
    const id = await world.store(content);
    await queue.enqueue('compress-blobs', { blobIds: [id] });
    await untilReady(world, id, 10_000);
    expect((await world.read(id)).equals(content)).toBe(true);

    // A Ctrl-C reaches the whole process group; the supervisor decides when this one stops.
    worker.child.kill('SIGINT');
    const another = await world.store(text(1000));
    await queue.enqueue('compress-blobs', { blobIds: [another] });
    await untilReady(world, another, 10_000);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
  });

  test('ends when its parent is gone', async () => {
    await using world = await openWorkerWorld();
    await using worker = await startWorkerProcess(world);
    worker.child.disconnect();
    expect(await worker.ended).toBe(0);
  });

  test('told to stop in the middle of a large blob, it ends soon and another goes on at once', async () => {
    await using world = await openWorkerWorld();
    await using queue = await openQueue(world);
    const content = dense(24 * MIB);
    const id = await world.store(content);
    await using slow = await startWorkerProcess(world, { COMPRESSION_LEVEL: '19' });
    await queue.enqueue('compress-blobs', { blobIds: [id] });
    await vi.waitFor(async () => expect(await incomingBytes(world)).toHaveLength(1), { timeout: 10_000 });
    slow.child.kill('SIGTERM');
    expect(await slow.ended).toBe(0);
    expect(await world.blob(id)).toMatchObject({ status: 'stored' });
    expect(await incomingBytes(world)).toEqual([]);

    await using quick = await startWorkerProcess(world, { COMPRESSION_LEVEL: '1' });
    await untilReady(world, id, 8_000);
    expect((await world.read(id)).equals(content)).toBe(true);
    expect(quick.child.exitCode).toBeNull();
  });

  test('told to stop while the store does not answer, it ends soon all the same', async () => {
    await using world = await openWorkerWorld();
    await using queue = await openQueue(world);
    await using server = await startGcsServer();
    const bucket = { GCS_BUCKET: server.bucket, STORAGE_EMULATOR_HOST: server.url };
    await using worker = await startWorkerProcess(world, bucket);
    server.plan('media', { kind: 'slow', delayMs: 60_000 }, 10);
    const asked = server.operations.length;
    const id = await world.store(text(5000));
    await queue.enqueue('compress-blobs', { blobIds: [id] });
    await vi.waitFor(() => expect(server.operations.slice(asked)).toContain('media'), { timeout: 10_000 });
    const toldMs = performance.now();
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    // What its supervisor waits for.
    expect(performance.now() - toldMs).toBeLessThan(12_000);
    expect(await world.blob(id)).toMatchObject({ status: 'stored' });
  });

  test('killed in the middle of a large blob, the next one finishes it and leaves nothing behind', async () => {
    await using world = await openWorkerWorld();
    await using queue = await openQueue(world);
    const content = dense(24 * MIB);
    const id = await world.store(content);
    await using killed = await startWorkerProcess(world, { COMPRESSION_LEVEL: '19' });
    await queue.enqueue('compress-blobs', { blobIds: [id] });
    await vi.waitFor(async () => expect((await incomingBytes(world))[0]).toBeGreaterThan(0), {
      timeout: 20_000,
    });
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBe('SIGKILL');
    expect(await world.blob(id)).toMatchObject({ status: 'stored' });
    expect((await incomingBytes(world))[0]).toBeGreaterThan(0);

    await using next = await startWorkerProcess(world, { COMPRESSION_LEVEL: '1' });
    await untilReady(world, id, 30_000);
    expect((await world.read(id)).equals(content)).toBe(true);
    expect(await incomingBytes(world)).toEqual([]);
    expect(next.child.exitCode).toBeNull();
  }, 60_000);

  test('S5: finds at its start what a crash kept from the queue', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(5000));
    const longAgo = new Date(Date.now() - 3_600_000);
    await world.database.repositories.blobs.takeOverdue(new Date(Date.now() + 1000), {
      now: longAgo,
      limit: 1,
      except: [],
    });
    await using worker = await startWorkerProcess(world);
    await untilReady(world, id, 10_000);
    expect(worker.child.exitCode).toBeNull();
  });

  test('does not start on the objects of another database, and leaves them all alone', async () => {
    await using world = await openWorkerWorld();
    const id = await world.store(text(1000));
    await (await startWorkerProcess(world))[Symbol.asyncDispose]();
    await using other = await openWorkerWorld();
    // The databases of tests are copies of one, which would be one instance.
    await other.sql('UPDATE instance SET id = gen_random_uuid()');
    const mixedUp = { databaseUrl: other.databaseUrl, dataDir: world.dataDir };
    await expect(startWorkerProcess(mixedUp)).rejects.toThrow(/ended with 1:\n.*belongs to another database/);
    expect(await world.read(id)).toHaveLength(1000);
  });

  test('says in one line what is wrong with its configuration', async () => {
    const world = { databaseUrl: '', dataDir: '/nowhere' };
    await expect(startWorkerProcess(world)).rejects.toThrow(
      /ended with 1:\nThe configuration has a fault:\n  DATABASE_URL/,
    );
  });
});
