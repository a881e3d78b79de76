import { expect, test } from 'vitest';
import { sweeper } from '../support/sweeper.ts';
import { openWorkerWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;

test('requests that named themselves by a key are forgotten when their day is over, and no earlier', async () => {
  await using world = await openWorkerWorld();
  const { idempotencyKeys } = world.database.repositories;
  const claim = async (key: string, expiresMs: number) =>
    idempotencyKeys.claim({
      userId: world.userId,
      keySha256: key.repeat(64),
      requestSha256: key.repeat(64),
      claimId: world.userId,
      now: world.now,
      claimedUntil: world.now,
      expiresAt: new Date(world.now.getTime() + expiresMs),
    });
  const kept = async () =>
    (
      await world.sql(
        "SELECT substr(encode(key_sha256, 'hex'), 1, 1) AS key FROM idempotency_keys ORDER BY 1",
      )
    ).map(({ key }) => key);
  expect([await claim('a', HOUR_MS), await claim('b', HOUR_MS + 1)]).toEqual([true, true]);
  const sweep = sweeper(world);
  expect((await sweep.dryRunAt(HOUR_MS))['forgottenKeys']).toBe(1);
  expect(await kept()).toEqual(['a', 'b']);
  await sweep.at(HOUR_MS);
  expect(await kept()).toEqual(['b']);
});
