/**
 * Kills api and worker at random moments while clients upload, change, delete and download, and then looks whether
 * every acknowledged file is there with the right bytes, nothing is stuck, nothing is orphaned and the books add up.
 *
 *   npm run crash                                   # as in CI
 *   CRASH_KILLS=500 CRASH_SEED=7 npm run crash      # longer; the same decisions again
 */
import { randomInt } from 'node:crypto';
import { isRedisInstalled, startRedis } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { crash } from './crash.ts';

const KILLS = Number(process.env['CRASH_KILLS'] ?? 8);
const SEED = Number(process.env['CRASH_SEED'] ?? randomInt(2 ** 31));
const TEST_MS = 120_000 + KILLS * 5_000;

// A machine without Redis runs the other; in CI its absence is a fault of the set-up.
const hasRedis = isRedisInstalled() || process.env['CI'] !== undefined;
const QUEUES = [['PostgreSQL', null] as const, ...(hasRedis ? [['Redis', startRedis] as const] : [])];

test.each(QUEUES)(
  'killed at random moments with the queue in %s, nothing acknowledged is lost, torn, stuck or orphaned',
  { timeout: TEST_MS },
  async (_, startQueue) => {
    await using server = await startQueue?.();
    console.log(`${KILLS} kills, seed ${SEED}`);
    const { faults, acknowledged } = await crash({ kills: KILLS, seed: SEED, redisUrl: server?.url ?? null });
    console.log(`${acknowledged} operations were acknowledged`);
    expect(faults, `seed ${SEED}`).toEqual([]);
    // A crash test in which hardly anything was stored shows nothing.
    expect(acknowledged).toBeGreaterThan(KILLS);
  },
);
