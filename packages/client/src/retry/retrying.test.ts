import { expect, test } from 'vitest';
import { InstashareError } from '../errors/instashare-error.ts';
import { retrying } from './retrying.ts';

const policy = { baseMs: 1, capMs: 1, stalledAfterMs: 20 };
const network = (isUnsent: boolean) => new InstashareError('network', 'no', { isUnsent });

/** The error of a call whose tries fail in this way, the last one again and again. */
async function errorOf(...tries: readonly InstashareError[]): Promise<unknown> {
  const left = [...tries];
  const attempt = () =>
    Promise.reject((left.length > 1 ? left.shift() : left[0]) ?? new Error('no try is left'));
  return retrying(attempt, { policy }).catch((error: unknown) => error);
}

test('a call of which no try was sent was not sent', async () => {
  expect(await errorOf(network(true))).toMatchObject({ code: 'network', isUnsent: true });
});

test('a call of which one try may have been sent may have been sent', async () => {
  expect(await errorOf(network(false), network(true))).toMatchObject({ code: 'network', isUnsent: false });
  expect(await errorOf(network(true), network(false))).toMatchObject({ isUnsent: false });
  const refused = new InstashareError('unavailable', 'not now');
  expect(await errorOf(refused, network(true))).toMatchObject({ isUnsent: false });
});
