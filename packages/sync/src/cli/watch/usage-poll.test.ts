import type { Usage } from '@instashare/contracts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createUsagePoll } from './usage-poll.ts';

const none = { files: 0, sizeBytes: 0 };
const usageWith = (stored: number): Usage => ({
  ...none,
  storedBytes: 0,
  trash: none,
  quota: { usedBytes: 0, limitBytes: null },
  byStatus: { stored: { files: stored, sizeBytes: 0 }, ready: none, failed: none },
  compressing: [],
});

/** A poll of an account with so many files to compress, and when it asked, in seconds. */
function pollOf(stored: number) {
  const startMs = performance.now();
  const askedAfter: number[] = [];
  const ask = async () => {
    askedAfter.push((performance.now() - startMs) / 1_000);
    return usageWith(stored);
  };
  const poll = createUsagePoll({ ask, signal: new AbortController().signal, onUsage: () => {} });
  return { askedAfter, poll };
}

const elapse = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('it asks a second after a file was stored, and until nothing is left to compress', async () => {
  const [busy, done] = [pollOf(1), pollOf(0)];
  using both = new DisposableStack();
  for (const { poll } of [busy, done]) both.use(poll).touch();
  await elapse(3_000);
  expect([busy.askedAfter, done.askedAfter]).toEqual([[1, 2, 3], [1]]);
});

test('while file after file is stored it asks every five seconds', async () => {
  const { askedAfter, poll } = pollOf(1);
  using _ = poll;
  for (let at = 0; at < 12_000; at += 500) {
    poll.touch();
    await elapse(500);
  }
  expect(askedAfter).toEqual([5, 10]);
  await elapse(1_000);
  expect(askedAfter).toEqual([5, 10, 12.5]);
});
