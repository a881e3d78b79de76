import { expect, test } from 'vitest';
import { requireClock } from './require-clock.ts';

const MINUTE_MS = 60_000;
const HERE_MS = Date.UTC(2026, 10, 28);

/** With a database whose clock is so far ahead when it answers, which takes so long. */
function requireWith({ aheadMs, tookMs = 0 }: { aheadMs: number; tookMs?: number }) {
  let nowMs = HERE_MS;
  const clock = async () => {
    nowMs += tookMs;
    return new Date(nowMs + aheadMs);
  };
  return requireClock({ clock }, () => nowMs);
}

test.each([0, 1000, -1000, MINUTE_MS, -MINUTE_MS])(
  'clocks that are %i ms apart are well',
  async (aheadMs) => {
    await expect(requireWith({ aheadMs })).resolves.toBeUndefined();
  },
);

test('an answer that was long on its way tells nothing against a clock', async () => {
  await expect(requireWith({ aheadMs: 0, tookMs: 10 * MINUTE_MS })).resolves.toBeUndefined();
});

test.each([
  [-MINUTE_MS - 1000, /is 61 seconds ahead of the database's/],
  [MINUTE_MS + 1000, /is 61 seconds behind the database's: nothing is swept/],
])('a clock from which the database is %i ms ahead is refused', async (aheadMs, words) => {
  await expect(requireWith({ aheadMs })).rejects.toThrow(words);
});
