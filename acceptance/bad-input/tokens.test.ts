import { createHmac } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { registerUser } from '../harness/account.ts';
import { type Answer, expectError, expectJson, send } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { until } from '../harness/poll.ts';
import { authSchema, userSchema } from '../harness/schemas.ts';

const server = inject('server');
const me = (base: string, authorization?: string): Promise<Answer> =>
  send('GET', `${base}/users/me`, authorization === undefined ? {} : { headers: { authorization } });

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claimsSchema = z.looseObject({ sub: z.string(), exp: z.number() });

/** The claims of a real token, to be put under another signature. */
function claimsOf(token: string): z.infer<typeof claimsSchema> {
  return claimsSchema.parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()));
}

function signed(claims: unknown, secret: string): string {
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

describe('a token', () => {
  test('that is expired is refused as such, and a refresh gives a new one', async () => {
    await using instance = await startInstance({ environment: { ACCESS_TOKEN_SECONDS: '2' } });
    const { auth } = await registerUser(instance.url);
    const answer = await until('the token to expire', async () => {
      const now = await me(instance.url, `Bearer ${auth.accessToken}`);
      return now.status === 200 ? null : now;
    });
    expectError(answer, 401, 'access_token_expired');

    const json = { refreshToken: auth.refreshToken };
    const next = expectJson(await send('POST', `${instance.url}/users/refresh`, { json }), authSchema);
    expectJson(await me(instance.url, `Bearer ${next.accessToken}`), userSchema);
  });

  test('that is forged with another key', async () => {
    const { auth } = await registerUser(server);
    const forged = signed(claimsOf(auth.accessToken), 'a key of our own');
    expectError(await me(server, `Bearer ${forged}`), 401, 'unauthenticated');
  });

  test('that says it needs no signature', async () => {
    const { auth } = await registerUser(server);
    const claims = encode(claimsOf(auth.accessToken));
    for (const alg of ['none', 'None', 'nOnE']) {
      const forged = `${encode({ alg, typ: 'JWT' })}.${claims}.`;
      expectError(await me(server, `Bearer ${forged}`), 401, 'unauthenticated');
    }
  });

  test('whose claims were changed: another user, a later end', async () => {
    const [{ auth }, other] = [await registerUser(server), await registerUser(server)];
    const [head = '', , signature = ''] = auth.accessToken.split('.');
    const claims = claimsOf(auth.accessToken);
    for (const changed of [
      { ...claims, sub: other.auth.user.id },
      { ...claims, exp: claims.exp + 1 },
    ]) {
      const forged = `${head}.${encode(changed)}.${signature}`;
      expectError(await me(server, `Bearer ${forged}`), 401, 'unauthenticated');
    }
  });

  test('of another instance', async () => {
    await using instance = await startInstance();
    const { auth } = await registerUser(instance.url);
    expectError(await me(server, `Bearer ${auth.accessToken}`), 401, 'unauthenticated');
  });

  test('that is none', async () => {
    const { auth } = await registerUser(server);
    expectError(await me(server), 401, 'unauthenticated');
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      'Bearer a.b.c',
      `Basic ${auth.accessToken}`,
      auth.accessToken,
      `Bearer ${auth.refreshToken}`,
      `Bearer ${auth.accessToken}x`,
      `Bearer ${'x'.repeat(10_000)}`,
    ]) {
      const error = expectError(await me(server, authorization), 401, 'unauthenticated');
      expect(error.issues).toBeUndefined();
    }
  });
});
