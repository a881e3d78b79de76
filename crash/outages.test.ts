/**
 * Takes the database or the queue away while clients upload, change, delete and download: whoever asks meanwhile is
 * told to come again, and when it is back everything goes on, in the same api and the same worker.
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '@instashare/backend/log';
import { createJobQueue } from '@instashare/backend/queue';
import {
  createTestDatabase,
  isRedisInstalled,
  startRedis,
  startRestartablePostgres,
} from '@instashare/backend/testing';
import { expect, test, vi } from 'vitest';
import { createRandom } from './random.ts';
import { openScene, type Scene } from './scene.ts';

const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
const TEST_MS = 300_000;
/** Work between two outages. */
const WORK_MS = 1_000;

/** Nothing was lost, nobody was told that we are at fault, and no process had to be started again. */
async function expectUnharmed(scene: Scene, options: { afterDays?: number } = {}): Promise<void> {
  const running = scene.programs.map(
    (program) => `${program.name} ${program.isRunning() ? 'runs' : 'ended'}`,
  );
  expect(running).toEqual(['api runs', 'worker runs']);
  expect(await scene.faults(options), `seed ${SEED}`).toEqual([]);
  expect(scene.acknowledged()).toBeGreaterThan(20);
}

test('PostgreSQL is restarted and crashes, again and again', { timeout: TEST_MS }, async () => {
  await using postgres = await startRestartablePostgres();
  const options = { databaseUrl: postgres.url, redisUrl: null, random: createRandom(SEED) };
  await using scene = await openScene(options);
  await scene.whileWorking(async (signal) => {
    for (const awayMs of [0, 300, 2000]) {
      for (const orderly of [true, false]) {
        await delay(WORK_MS);
        if (signal.aborted) return;
        await postgres.stop({ orderly });
        await delay(awayMs);
        await postgres.startAgain();
      }
    }
    await delay(WORK_MS);
  });
  // What was only begun may be lost with its row: then its bytes are strays, which go after a day.
  await expectUnharmed(scene, { afterDays: 2 });
});

test.skipIf(!isRedisInstalled() && process.env['CI'] === undefined)(
  'Redis comes back empty, again and again, at last with jobs that were waiting in it',
  { timeout: TEST_MS },
  async () => {
    await using database = await createTestDatabase();
    await using redis = await startRedis();
    const target = { databaseUrl: database.url, redisUrl: redis.url };
    await using queue = await createJobQueue({
      ...target,
      log: createLog({ name: 'test', level: 'silent' }),
    });
    await using scene = await openScene({ ...target, random: createRandom(SEED) });
    const worker = scene.programs.find(({ name }) => name === 'worker');
    await scene.whileWorking(async (signal) => {
      for (const awayMs of [0, 300, 2000]) {
        await delay(WORK_MS);
        if (signal.aborted) return;
        await redis.stop();
        await delay(awayMs);
        await redis.startAgain();
      }
      worker?.pause();
      // Our own connection may have to wait for its next try first.
      const jobsWait = async () => expect(await queue.countWaiting('compress-blobs')).toBeGreaterThan(0);
      await vi.waitFor(jobsWait, { timeout: 30_000 });
    });
    const waiting = await queue.countWaiting('compress-blobs');
    await redis.stop();
    await redis.startAgain();
    // What the api was just asking for may come in now; what waited is gone.
    const jobsAreLost = async () => expect(await queue.countWaiting('compress-blobs')).toBeLessThan(waiting);
    await vi.waitFor(jobsAreLost, { timeout: 30_000 });
    worker?.resume();
    await expectUnharmed(scene);
  },
);
