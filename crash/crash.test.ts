/**
 * Kills api and worker at random moments while clients upload, change, delete and download, and then looks whether
 * every acknowledged file is there with the right bytes, nothing is stuck, nothing is orphaned and the books add up.
 *
 *   npm run crash                                   # as in CI
 *   CRASH_KILLS=500 CRASH_SEED=7 npm run crash      # longer; the same decisions again
 */
import { randomInt } from 'node:crypto';
import {
  type GcsServer,
  isRedisInstalled,
  type RedisServer,
  startGcsServer,
  startRedis,
} from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { crash } from './crash.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);
const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
const TEST_MS = 120_000 + KILLS * 5_000;

interface Place {
  readonly startRedis?: () => Promise<RedisServer>;
  readonly startBucket?: () => Promise<GcsServer>;
}

// A machine without Redis runs the other; in CI its absence is a fault of the set-up.
const hasRedis = isRedisInstalled() || process.env['CI'] !== undefined;
const PLACES = [
  ['the queue in PostgreSQL', {}] as const,
  ['the objects in a bucket', { startBucket: () => startGcsServer() }] as const,
  ...(hasRedis ? [['the queue in Redis', { startRedis }] as const] : []),
];

test.each<readonly [string, Place]>(PLACES)(
  'killed at random moments with %s, nothing acknowledged is lost, torn, stuck or orphaned',
  { timeout: TEST_MS },
  async (_, place) => {
    await using redis = await place.startRedis?.();
    await using bucket = await place.startBucket?.();
    console.log(`${KILLS} kills, seed ${SEED}`);
    const { faults, acknowledged } = await crash({
      // Nothing waits for a disk there: clients do twice as much, all of which is looked at in the end.
      kills: bucket === undefined ? KILLS : Math.ceil(KILLS / 3),
      seed: SEED,
      redisUrl: redis?.url ?? null,
      bucket: bucket ?? null,
    });
    console.log(`${acknowledged} operations were acknowledged`);
    expect(faults, `seed ${SEED}`).toEqual([]);
    // A crash test in which hardly anything was stored shows nothing.
    expect(acknowledged).toBeGreaterThan(KILLS);
  },
);
