import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchServer } from './server-watch.ts';

test('C19: a server that stops answering is noticed, and so is its return, once', async () => {
  let isThere = true;
  const news: string[] = [];
  using watch = watchServer({
    ask: () => (isThere ? Promise.resolve() : Promise.reject(new Error('nobody there'))),
    onAway: (failure) => news.push(failure),
    onBack: () => news.push('back'),
    everyMs: 1,
    everyMsWhileAway: 1,
  });
  expect(watch.failure).toBeNull();
  await expect.poll(() => watch.heardAtMs, { interval: 1 }).not.toBeNull();
  isThere = false;
  await expect.poll(() => watch.failure, { interval: 1 }).toBe('nobody there');
  const { heardAtMs } = watch;
  expect([news, typeof heardAtMs]).toEqual([['nobody there'], 'number']);
  isThere = true;
  await expect.poll(() => [watch.failure, news], { interval: 1 }).toEqual([null, ['nobody there', 'back']]);
});

test('C19: whatever it answers counts, not only the asking', async () => {
  using watch = watchServer({
    ask: () => Promise.resolve(),
    onBack: () => {},
    everyMs: 1_000_000,
    everyMsWhileAway: 1_000_000,
  });
  await expect.poll(() => watch.heardAtMs, { interval: 1 }).not.toBeNull();
  const askedAtMs = watch.heardAtMs ?? 0;
  await delay(5);
  watch.heard();
  expect(watch.heardAtMs).toBeGreaterThan(askedAtMs);
});

test('asked now, it is asked at once, though an answer is still waited for that never comes', async () => {
  const never = Promise.withResolvers<never>();
  const answers = [Promise.resolve(), never.promise, Promise.resolve()];
  const signals: AbortSignal[] = [];
  using watch = watchServer({
    ask(signal) {
      signals.push(signal);
      return answers.shift() ?? Promise.reject(new Error('asked too often'));
    },
    onBack: () => {},
    everyMs: 1_000_000,
    everyMsWhileAway: 1_000_000,
  });
  await expect.poll(() => watch.heardAtMs, { interval: 1 }).not.toBeNull();
  watch.askNow();
  await delay(5);
  const askedAtMs = Date.now();
  watch.askNow();
  await expect.poll(() => watch.heardAtMs, { interval: 1 }).toBeGreaterThanOrEqual(askedAtMs);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
  never.reject(new Error('at last'));
  await delay(5);
  expect(watch.failure).toBeNull();
});
