import { openDatabase } from '@instashare/backend/database';
import { createTestDatabase } from '@instashare/backend/testing';
import { expect, test } from 'vitest';

const MINUTE_MS = 60_000;
const INTERVAL_MS = 5 * MINUTE_MS;
const START_MS = Date.UTC(2026, 0, 1);

async function openTurns() {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await createTestDatabase());
  const database = opening.use(await openDatabase({ url, poolSize: 4, applicationName: 'turns-test' }));
  const { sweepCursors } = database.repositories;
  const resources = opening.move();
  return {
    claimAt: (ms: number) => sweepCursors.claimTurn('audit', new Date(START_MS + ms), INTERVAL_MS),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

test('a turn is one of all who ask, once in an interval, though their clocks differ a little', async () => {
  await using turns = await openTurns();
  const claims = await Promise.all([0, 50, 100, -50].map((ms) => turns.claimAt(ms)));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await turns.claimAt(INTERVAL_MS - MINUTE_MS)).toBe(false);
  expect(await turns.claimAt(INTERVAL_MS + MINUTE_MS)).toBe(true);
});

test('a turn that was taken by a clock that ran ahead does not keep others until then', async () => {
  await using turns = await openTurns();
  expect(await turns.claimAt(24 * 60 * MINUTE_MS)).toBe(true);
  expect(await turns.claimAt(0)).toBe(true);
  expect(await turns.claimAt(MINUTE_MS)).toBe(false);
  expect(await turns.claimAt(INTERVAL_MS)).toBe(true);
});
