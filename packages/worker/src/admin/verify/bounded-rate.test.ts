import { expect, test } from 'vitest';
import { createBoundedRate } from './bounded-rate.ts';

const signal = new AbortController().signal;

test('so many bytes a second pass, however they come in pieces', async () => {
  const take = createBoundedRate(100_000, signal);
  const startedMs = performance.now();
  for (let piece = 0; piece < 10; piece += 1) await take(5_000);
  const tookMs = performance.now() - startedMs;
  // Half a second's worth, less what may come at once.
  expect(tookMs).toBeGreaterThan(250);
});

test('without a bound nothing waits, and with one a stop is heeded', async () => {
  await createBoundedRate(null, signal)(Number.MAX_SAFE_INTEGER);
  await expect(createBoundedRate(1, AbortSignal.abort(new Error('stopped')))(1_000_000)).rejects.toThrow(
    'aborted',
  );
});
