import { StorageError } from '@instashare/backend/errors';
import { describe, expect, test } from 'vitest';
import { Refusal, translateError } from './failure.ts';
import { delayAfterMs, isPassing, retrying } from './retrying.ts';

const POLICY = { attempts: 4, firstDelayMs: 1, maxDelayMs: 2 };
const withCode = (code: string | number) => Object.assign(new Error('failed'), { code });

describe('what passes', () => {
  test.each([
    new Refusal(408, ''),
    new Refusal(429, ''),
    new Refusal(500, ''),
    new Refusal(503, ''),
    withCode(503),
    withCode('502'),
    Object.assign(new Error('refused'), { response: { status: 504 } }),
    withCode('ECONNRESET'),
    new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') }),
    new TypeError('terminated', { cause: new Error('other', { cause: withCode('UND_ERR_SOCKET') }) }),
    new DOMException('too late', 'TimeoutError'),
  ])('%s', (error) => {
    expect(isPassing(error)).toBe(true);
  });

  test.each([
    new Refusal(400, ''),
    new Refusal(401, ''),
    new Refusal(403, ''),
    new Refusal(404, ''),
    new Refusal(412, ''),
    withCode(403),
    withCode('ENOTFOUND'),
    new StorageError('object_exists', 'taken'),
    new DOMException('aborted', 'AbortError'),
    new Error('a bug'),
    null,
  ])('and not %s', (error) => {
    expect(isPassing(error)).toBe(false);
  });
});

test('what fails is said in the words of the port', () => {
  const reasons = [404, 412, 403, 400, 503].map((status) => translateError(new Refusal(status, '')).reason);
  expect(reasons).toEqual([
    'object_missing',
    'object_exists',
    'storage_failed',
    'storage_failed',
    'storage_failed',
  ]);
});

test('the wait doubles up to its bound, and chance takes up to a half of it', () => {
  const policy = { attempts: 9, firstDelayMs: 100, maxDelayMs: 1000 };
  expect([1, 2, 3, 4, 5, 6].map((attempt) => delayAfterMs(attempt, policy, 0))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
  expect(delayAfterMs(2, policy, 1)).toBe(100);
});

describe('retrying', () => {
  test('gives what the first attempt that succeeds gives', async () => {
    const work = async (attempt: number) => {
      if (attempt < 3) throw new Refusal(503, '');
      return attempt;
    };
    expect(await retrying(work, { policy: POLICY })).toBe(3);
  });

  test('gives up with the last failure, and at once with one that does not pass', async () => {
    const attempts: number[] = [];
    const failing = (status: number) => (attempt: number) => {
      attempts.push(attempt);
      return Promise.reject(new Refusal(status, `number ${attempt}`));
    };
    await expect(retrying(failing(503), { policy: POLICY })).rejects.toThrow('number 4');
    await expect(retrying(failing(403), { policy: POLICY })).rejects.toThrow('number 1');
    expect(attempts).toEqual([1, 2, 3, 4, 1]);
  });

  test('does not wait for one who has gone', async () => {
    const abort = new AbortController();
    const policy = { attempts: 2, firstDelayMs: 60_000, maxDelayMs: 60_000 };
    const work = retrying(() => Promise.reject(new Refusal(503, '')), { policy, signal: abort.signal });
    abort.abort(new Error('gone'));
    await expect(work).rejects.toThrow('gone');
  });
});
