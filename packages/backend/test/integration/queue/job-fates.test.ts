import { randomUUID } from 'node:crypto';
import { PRIORITIES } from '@instashare/backend/queue';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { type OpenQueue, openQueue } from '../../../src/queue/connection.ts';
import { onServer } from '../../support/test-server.ts';
import { describeOnBoth, openQueueWorld, type QueueWorld, recorder } from './queue-world.ts';

/** The compression queue as BullMQ shows it; it ends with the world's stack. */
function rawQueue({ connection }: QueueWorld, stack: AsyncDisposableStack): OpenQueue {
  const raw = openQueue(connection, 'compress-blobs');
  stack.defer(() => raw.close());
  return raw;
}

describeOnBoth('jobs', (openTarget) => {
  test('a job that keeps failing waits longer each time, not exactly twice as long, and ends', async () => {
    await using world = await openQueueWorld(openTarget);
    await using stack = new AsyncDisposableStack();
    const raw = rawQueue(world, stack);
    const { handlers, compressed } = recorder(async () => {
      throw new Error('the disk is in a bad way');
    });
    await world.startWorker({ handlers });
    await world.queue.enqueue('compress-blobs', { blobIds: [randomUUID()] });

    const delaysMs: number[] = [];
    for (let failures = 1; failures < 5; failures += 1) {
      await vi.waitFor(async () => expect(await raw.getDelayedCount()).toBe(1), { timeout: 5000 });
      const [job] = await raw.getDelayed();
      delaysMs.push(job?.delay ?? 0);
      await job?.promote();
    }
    await vi.waitFor(async () => expect(await raw.getFailedCount()).toBe(1), { timeout: 5000 });
    for (const [index, delayMs] of delaysMs.entries()) {
      expect(delayMs).toBeGreaterThanOrEqual(1000 * 2 ** index);
      expect(delayMs).toBeLessThanOrEqual(2000 * 2 ** index);
    }
    expect(compressed.map(({ isLastAttempt }) => isLastAttempt)).toEqual([false, false, false, false, true]);
    const [failed] = await raw.getFailed();
    expect(failed?.failedReason).toBe('the disk is in a bad way');
  });

  test('a small new file goes before a backlog of large ones and of an import', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const ids = { huge: randomUUID(), large: randomUUID(), bulk: randomUUID(), urgent: randomUUID() };
    for (const name of ['huge', 'large', 'bulk', 'urgent'] as const) {
      await queue.enqueue('compress-blobs', { blobIds: [ids[name]] }, { priority: PRIORITIES[name] });
    }
    expect(await queue.countWaiting('compress-blobs')).toBe(4);
    const { handlers, compressed } = recorder();
    await world.startWorker({ handlers });
    await vi.waitFor(() => expect(compressed).toHaveLength(4), { timeout: 5000 });
    expect(compressed.map(({ blobIds }) => blobIds[0])).toEqual([ids.urgent, ids.bulk, ids.large, ids.huge]);
  });

  test('a job given back by a worker that stops keeps its place', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const [first, second] = [randomUUID(), randomUUID()];
    const enqueue = (id: string) =>
      queue.enqueue('compress-blobs', { blobIds: [id] }, { priority: PRIORITIES.large });
    await enqueue(first);
    const stopped = recorder(
      ({ signal }) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    const worker = await world.startWorker(stopped);
    await vi.waitFor(() => expect(stopped.compressed).toHaveLength(1), { timeout: 5000 });
    await enqueue(second);
    await worker[Symbol.asyncDispose]();
    const next = recorder();
    await world.startWorker(next);
    await vi.waitFor(() => expect(next.compressed).toHaveLength(2), { timeout: 5000 });
    expect(next.compressed.map(({ blobIds }) => blobIds[0])).toEqual([first, second]);
  });

  test('how far a job is can be seen while it runs', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const [blobId, other] = [randomUUID(), randomUUID()];
    const done = Promise.withResolvers<void>();
    const { handlers } = recorder(({ reportProgress }) => {
      reportProgress({ blobId, doneBytes: 4321 });
      return done.promise;
    });
    await world.startWorker({ handlers });
    await queue.enqueue('compress-blobs', { blobIds: [blobId, other] });
    await vi.waitFor(
      async () =>
        expect(await queue.activeCompressions()).toEqual([
          { blobId, doneBytes: 4321 },
          { blobId: other, doneBytes: null },
        ]),
      { timeout: 5000 },
    );
    done.resolve();
  });

  test('a job that workers die of is given up, with its blobs', async () => {
    await using world = await openQueueWorld(openTarget);
    await using stack = new AsyncDisposableStack();
    const raw = rawQueue(world, stack);
    const blobIds = [randomUUID(), randomUUID()];
    const abandoned: (readonly string[])[] = [];
    const { handlers, compressed } = recorder();
    await raw.add('compress-blobs', { blobIds }, { attempts: 5 });
    await markAbandoned(world, raw);
    await world.startWorker({
      handlers,
      async abandonBlobs(payload) {
        abandoned.push(payload.blobIds);
      },
    });
    await vi.waitFor(() => expect(abandoned).toEqual([blobIds]), { timeout: 5000 });
    expect(compressed).toEqual([]);
    expect(await raw.getFailedCount()).toBe(1);
    // Nor is it run again when somebody asks for it: its workers would be killed at once.
    const [job] = await world.queue.listJobs('compress-blobs', 'failed', 1);
    expect(job).toMatchObject({ failedReason: 'job stalled more than allowable limit', canBeRetried: false });
    expect(await world.queue.retryFailed('compress-blobs', job?.id ?? '')).toBe(false);
    expect(await world.queue.retryAllFailed('compress-blobs')).toEqual({ jobs: 0, failure: null });
  });
});

/** As BullMQ marks a job whose lock ran out too often. */
async function markAbandoned({ connection }: QueueWorld, raw: OpenQueue): Promise<void> {
  const reason = 'job stalled more than allowable limit';
  const [job] = await raw.getWaiting();
  if (job?.id === undefined) throw new Error('There is no job');
  if (connection.redisUrl === null) {
    await onServer(connection.databaseUrl, (client) =>
      client.query('UPDATE bullmq.job SET deferred_failure = $1 WHERE id = $2', [reason, job.id]),
    );
    return;
  }
  const redis = new Redis(connection.redisUrl);
  await redis.hset(`${connection.redisPrefix}:compress-blobs:${job.id}`, 'defa', reason);
  redis.disconnect();
}
