/**
 * Two hundred clients do all that clients do, while processes are killed, connections cut and machines stand still: nothing
 * is lost, nothing is stuck, nothing leaks, and answers come as fast at the end as at the beginning.
 *
 *   npm run soak                                              # an hour
 *   SOAK_MINUTES=600 SOAK_SEED=7 SOAK_QUEUE=redis npm run soak # a night, the same decisions again, the queue in Redis
 */
import { randomInt } from 'node:crypto';
import { startRedis } from '@instashare/backend/testing';
import { expect, test } from 'vitest';
import { soak } from './soak.ts';

/** Left out: the short form, beside the other tests. */
const LONG_MINUTES = Number(process.env['SOAK_MINUTES'] ?? 0);
const MINUTES = LONG_MINUTES > 0 ? LONG_MINUTES : 0.3;
const CLIENTS = Number(process.env['SOAK_CLIENTS'] ?? (LONG_MINUTES > 0 ? 200 : 10));
const SEED = Number(process.env['SOAK_SEED'] ?? randomInt(2 ** 31));
const durationMs = MINUTES * 60_000;

test('after a long day of many clients all is there and nothing has grown', {
  timeout: durationMs * 1.5 + 600_000,
}, async () => {
  await using redis = process.env['SOAK_QUEUE'] === 'redis' ? await startRedis() : null;
  console.log(`${MINUTES} minutes, ${CLIENTS} clients, seed ${SEED}`);
  const redisUrl = redis?.url ?? null;
  const { faults, acknowledged, summary } = await soak({
    durationMs,
    clients: CLIENTS,
    seed: SEED,
    redisUrl,
  });
  console.log(summary);
  expect(faults, `seed ${SEED}`).toEqual([]);
  expect(acknowledged).toBeGreaterThan(CLIENTS / 2);
});
