import { expect, test } from 'vitest';
import { createAnswerSeals } from './answer-seals.ts';

const request = { userId: 'ada', key: 'one' };
const answer = { token: 'isp_secret' };
const seals = createAnswerSeals('a secret that is long enough for us');

test('an answer is opened by who sealed it and the key of its request, and by nobody else', () => {
  const sealed = seals.seal(request, answer);
  expect(seals.open(request, sealed)).toEqual(answer);
  expect(sealed.toString('latin1')).not.toContain('secret');
  for (const other of [
    { ...request, key: 'two' },
    { ...request, userId: 'bob' },
  ]) {
    expect(() => seals.open(other, sealed)).toThrow('authenticate');
  }
  const elsewhere = createAnswerSeals('another secret that is long enough');
  expect(() => elsewhere.open(request, sealed)).toThrow('authenticate');
});

test('what is kept of a request differs by user, key and what it says', () => {
  const hashes = [
    seals.keyHash(request),
    seals.keyHash({ ...request, userId: 'bob' }),
    seals.keyHash({ ...request, key: 'two' }),
    seals.requestHash(request, { a: 1 }),
    seals.requestHash(request, { a: 2 }),
    seals.requestHash({ ...request, userId: 'bob' }, { a: 1 }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  expect(seals.requestHash(request, { a: 1 })).toBe(hashes[3]);
});
