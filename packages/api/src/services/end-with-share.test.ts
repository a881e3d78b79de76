import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endWithShare } from './end-with-share.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

const share = { id: '019abc3e-7a44-7cde-8f01-23456789abcd' };

/** A database in which the share is there as long as it is said to be. */
function openShare() {
  const answers = { isLive: async () => true };
  const database = { repositories: { shares: { isLive: () => answers.isLive() } } };
  return { answers, deps: { database, now: () => new Date() } };
}

test('goes on while the link is there, or while nobody knows, and is broken off when it is over', async () => {
  const { answers, deps } = openShare();
  const body = endWithShare(deps, share, new PassThrough());
  await vi.advanceTimersByTimeAsync(5_000);
  answers.isLive = () => Promise.reject(new Error('the database is away'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(body.destroyed).toBe(false);
  const failed = once(body, 'error');
  answers.isLive = async () => false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await failed).toMatchObject([{ code: 'share_not_found' }]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what has ended is asked of no more, also when it had before', async () => {
  const { deps } = openShare();
  const whole = endWithShare(deps, share, Readable.from(['all of it']));
  for await (const _ of whole);
  expect(vi.getTimerCount()).toBe(0);
  const gone = new PassThrough();
  gone.destroy();
  await once(gone, 'close');
  endWithShare(deps, share, gone);
  await setImmediate();
  expect(vi.getTimerCount()).toBe(0);
});
