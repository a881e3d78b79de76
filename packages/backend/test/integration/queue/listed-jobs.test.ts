import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
      canBeRetried: true,
    });
    expect(await queue.listJobs('compress-blobs', 'waiting', 2)).toEqual(waiting.slice(0, 2));
    expect(await queue.listJobs('compress-blobs', 'failed', 50)).toEqual([]);
  });

  test('those that came first, where there are more, and how long they wait', async () => {
    await using world = await openQueueWorld(openTarget);
    const { queue } = world;
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of ids) {
      await queue.enqueue('compress-blobs', { blobIds: [id] });
      await delay(150);
    }
    const first = await queue.listJobs('compress-blobs', 'waiting', 2);
    expect(first.map(({ payload }) => payload)).toEqual(ids.slice(0, 2).map((id) => ({ blobIds: [id] })));
    const { oldestWaitingSeconds } = await queue.backlog('compress-blobs');
    expect(oldestWaitingSeconds).toBeGreaterThan(0.44);
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

    // One that fails again has failed once, not twice.
    expect(await queue.retryFailed('sweep', newest?.id ?? '')).toBe(true);
    await vi.waitFor(
      async () => expect((await failed())[0]).toMatchObject({ id: newest?.id, attemptsMade: 1 }),
      {
        timeout: 15_000,
      },
    );
    expect(sweeps()).toBe(4);

    isWell = true;
    expect(await queue.retryFailed('sweep', newest?.id ?? '')).toBe(true);
    await vi.waitFor(() => expect(sweeps()).toBe(5), { timeout: 15_000 });
    expect(await queue.retryFailed('sweep', newest?.id ?? '')).toBe(false);
    expect(await queue.retryFailed('sweep', 'nobody')).toBe(false);
    expect(await failed()).toHaveLength(2);
    expect(await queue.retryAllFailed('sweep')).toEqual({ jobs: 2, failure: null });
    await vi.waitFor(() => expect(sweeps()).toBe(7), { timeout: 15_000 });
    expect(await queue.retryAllFailed('sweep')).toEqual({ jobs: 0, failure: null });
  });
});
