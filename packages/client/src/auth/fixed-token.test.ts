import { expect, test } from 'vitest';
import { createCoreClient } from '../core-client.ts';
import type { CallFetch } from '../trpc/checked-fetch.ts';
import { createFixedSession } from './fixed-token.ts';

test('a fixed token is sent until the server refuses it, and then no more', async () => {
  const session = createFixedSession({ accessToken: 'isp_one' });
  session.reject('isp_another');
  await expect(session.accessToken()).resolves.toBe('isp_one');
  session.reject('isp_one');
  await expect(session.accessToken()).rejects.toMatchObject({ code: 'token_refused' });
});

test('C13: a client whose fixed token is refused asks the server once, and says so from then on', async () => {
  const sent: string[] = [];
  const refusal = { code: 'unauthenticated', message: 'no' };
  const fetch: CallFetch = (_url, init) => {
    sent.push(init.headers['authorization'] ?? '');
    const body = JSON.stringify([
      { error: { code: -32001, message: 'no', data: { httpStatus: 401, body: refusal } } },
    ]);
    return Promise.resolve(
      new Response(body, { status: 401, headers: { 'content-type': 'application/json' } }),
    );
  };
  const client = createCoreClient({ url: 'http://a', auth: { accessToken: 'isp_one' }, fetch });
  const me = () => client.call((trpc) => trpc.users.me.query());
  await expect(me()).rejects.toMatchObject({ code: 'token_refused' });
  await expect(me()).rejects.toMatchObject({ code: 'token_refused' });
  expect(sent).toEqual(['Bearer isp_one']);
});

test('a client with a fixed token does not log out', async () => {
  const session = createFixedSession({ accessToken: 'isp_one' });
  await expect(session.replace(null)).rejects.toMatchObject({ code: 'invalid_input' });
});
