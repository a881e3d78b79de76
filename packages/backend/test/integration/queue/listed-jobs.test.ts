import { randomUUID } from 'node:crypto';
import { PRIORITIES } from '@instashare/backend/queue';
import { expect, test, vi } from 'vitest';
import { describeOnBoth, openQueueWorld, recorder } from './queue-world.ts';

describeOnBoth('jobs, listed', (openTarget) => {
  test('those that wait, in the order in which workers take them, and no more than asked for', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const ids = { bulk: randomUUID(), urgent: randomUUID(), first: randomUUID() };
    await queue.enqueue('compress-blobs', { blobIds: [ids.bulk] }, { priority: PRIORITIES.bulk });
    await queue.enqueue('compress-blobs', { blobIds: [ids.urgent] }, { priority: PRIORITIES.urgent });
    await queue.enqueue('compress-blobs', { blobIds: [ids.first] });
    const waiting = await queue.listJobs('compress-blobs', 'waiting', 50);
    expect(waiting.map(({ payload }) => payload)).toEqual(
      [ids.first, ids.urgent, ids.bulk].map((id) => ({ blobIds: [id] })),
    );
    expect(waiting[0]).toEqual({
      id: expect.any(String) as unknown,
      payload: { blobIds: [ids.first] },
      askedAt: expect.any(Date) as unknown,
      attemptsMade: 0,
      maxAttempts: 5,
      doneBytes: null,
      failedReason: null,
      failedAt: null,
    });
    expect(await queue.listJobs('compress-blobs', 'waiting', 2)).toEqual(waiting.slice(0, 2));
    expect(await queue.listJobs('compress-blobs', 'failed', 50)).toEqual([]);
  });

  test('those that failed say why, and each is run again with all its tries, one or all', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    let isWell = false;
    const { handlers, sweeps } = recorder(async () => {
      if (!isWell) throw new Error('the disk is in a bad way');
    });
    await world.startWorker({ handlers });
    for (const _ of [1, 2, 3]) await queue.enqueue('sweep', {});
    const failed = async () => queue.listJobs('sweep', 'failed', 50);
    await vi.waitFor(async () => expect(await failed()).toHaveLength(3), { timeout: 15_000 });
    const [newest] = await failed();
    expect(newest).toMatchObject({
      attemptsMade: 1,
      failedReason: 'the disk is in a bad way',
      failedAt: expect.any(Date) as unknown,
    });

    isWell = true;
    expect(await queue.retryFailed('sweep', newest?.id ?? '')).toBe(true);
    await vi.waitFor(() => expect(sweeps()).toBe(4), { timeout: 15_000 });
    expect(await queue.retryFailed('sweep', newest?.id ?? '')).toBe(false);
    expect(await queue.retryFailed('sweep', 'nobody')).toBe(false);
    expect(await failed()).toHaveLength(2);
    expect(await queue.retryAllFailed('sweep')).toBe(2);
    await vi.waitFor(() => expect(sweeps()).toBe(6), { timeout: 15_000 });
    expect(await queue.retryAllFailed('sweep')).toBe(0);
  });
});
