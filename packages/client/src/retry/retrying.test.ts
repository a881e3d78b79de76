import { expect, test } from 'vitest';
import { InstashareError } from '../errors/instashare-error.ts';
import { retrying } from './retrying.ts';

const policy = { baseMs: 1, capMs: 1, stalledAfterMs: 20 };
const network = (hadNoEffect: boolean) => new InstashareError('network', 'no', { hadNoEffect });

/** The error of a call whose tries fail in this way, the last one again and again. */
async function errorOf(...tries: readonly InstashareError[]): Promise<unknown> {
  const left = [...tries];
  const attempt = () =>
    Promise.reject((left.length > 1 ? left.shift() : left[0]) ?? new Error('no try is left'));
  return retrying(attempt, { policy }).catch((error: unknown) => error);
}

test('a call of which no try was sent was not sent', async () => {
  expect(await errorOf(network(true))).toMatchObject({ code: 'network', hadNoEffect: true });
});

test('a call of which one try may have been sent may have been sent', async () => {
  expect(await errorOf(network(false), network(true))).toMatchObject({ code: 'network', hadNoEffect: false });
  expect(await errorOf(network(true), network(false))).toMatchObject({ hadNoEffect: false });
  const refused = new InstashareError('unavailable', 'not now');
  expect(await errorOf(refused, network(true))).toMatchObject({ hadNoEffect: false });
});

test('nor does a refusal say anything of a try before it that got no answer', async () => {
  const refused = new InstashareError('token_refused', 'revoked', { status: 401 });
  expect(await errorOf(refused)).toMatchObject({ code: 'token_refused', hadNoEffect: true });
  const after = await errorOf(network(false), refused);
  expect(after).toMatchObject({ code: 'token_refused', status: 401, hadNoEffect: false });
});

test('content that the store has not is asked for a few times only, however long other faults are waited for', async () => {
  const codes: string[] = [];
  const answers = ['unavailable', 'content_unavailable', 'unavailable', 'content_unavailable'] as const;
  const attempt = () => {
    const code = answers[codes.length] ?? 'content_unavailable';
    codes.push(code);
    return Promise.reject(new InstashareError(code, 'not now'));
  };
  const patient = { ...policy, stalledAfterMs: 60_000 };
  await expect(retrying(attempt, { policy: patient })).rejects.toMatchObject({ code: 'content_unavailable' });
  expect(codes).toEqual([...answers, 'content_unavailable']);
});
