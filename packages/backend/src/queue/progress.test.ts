import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createProgressReporter, type Progress } from './progress.ts';

const at = (doneBytes: number): Progress => ({ blobId: '0197b6a0-0000-7000-8000-00000000000f', doneBytes });
const settled = () => setImmediate();

test('progress is passed on at once, and then once a second at most', async () => {
  let nowMs = 0;
  const published: number[] = [];
  const report = createProgressReporter(
    async ({ doneBytes }) => void published.push(doneBytes),
    () => nowMs,
  );
  for (nowMs = 0; nowMs < 2500; nowMs += 100) {
    report(at(nowMs));
    await settled();
  }
  expect(published).toEqual([0, 1000, 2000]);
});

test('a queue that is slow or down is not asked again meanwhile, and troubles nobody', async () => {
  let nowMs = 0;
  let calls = 0;
  const slow = Promise.withResolvers<void>();
  const report = createProgressReporter(
    () => {
      calls += 1;
      return slow.promise;
    },
    () => nowMs,
  );
  report(at(1));
  nowMs = 5000;
  report(at(2));
  expect(calls).toBe(1);
  slow.reject(new Error('down'));
  await settled();
  report(at(3));
  expect(calls).toBe(2);
});
