import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { type Account, logIn, registerUser } from '../harness/account.ts';
import { expectError, expectJson } from '../harness/http.ts';
import { emptySchema } from '../harness/schemas.ts';

const server = inject('server');

/** A look at the access without having been told would come after twenty seconds. */
const AT_ONCE_MS = 3_000;

const tokenSchema = z.object({ token: z.string(), details: z.object({ id: z.uuid() }) });
const sessionsSchema = z.object({ items: z.array(z.object({ id: z.uuid(), isCurrent: z.boolean() })) });
const endSchema = z.object({ code: z.string() });

/** Follows the events; resolves when it has begun. `ended` is why, and when, the server ended it. */
async function follow(token: string) {
  const response = await fetch(`${server}/events`, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  const readAll = async () => {
    for (;;) {
      const { done = true, value = '' } = (await reader?.read()) ?? {};
      if (done) return { text, endedAtMs: performance.now() };
      text += value;
    }
  };
  return { ended: readAll() };
}

const codeOf = (text: string): string =>
  endSchema.parse(JSON.parse(/event: end\ndata: (.*)\n\n$/.exec(text)?.[1] ?? '')).code;

async function expectEndsAtOnce(
  account: Account,
  token: string,
  end: () => Promise<unknown>,
): Promise<string> {
  const poll = account.send('GET', '/changes?cursor=0&waitSeconds=30', {
    headers: { authorization: `Bearer ${token}` },
  });
  const stream = await follow(token);
  const begunMs = performance.now();
  await end();
  const { text, endedAtMs } = await stream.ended;
  const code = codeOf(text);
  expectError(await poll, 401, code);
  expect(endedAtMs - begunMs).toBeLessThan(AT_ONCE_MS);
  expect(performance.now() - begunMs).toBeLessThan(AT_ONCE_MS);
  return code;
}

test('a personal access token that is revoked ends its streams and waiting answers at once', async () => {
  const account = await registerUser(server);
  const json = { name: 'script', scopes: ['read'] };
  const { token, details } = expectJson(await account.send('POST', '/tokens', { json }), tokenSchema);
  const revoke = () => account.send('DELETE', `/tokens/${details.id}`);
  expect(await expectEndsAtOnce(account, token, revoke)).toBe('unauthenticated');
});

test('a session that is logged out, or ended from another one, ends its streams and waiting answers at once', async () => {
  const account = await registerUser(server);
  const [phone, laptop] = [await logIn(server, account.email), await logIn(server, account.email)];
  const logOut = () => phone.post('/users/logout', emptySchema);
  expect(await expectEndsAtOnce(account, phone.auth.accessToken, logOut)).toBe('session_ended');
  const { items } = await laptop.get('/sessions', sessionsSchema);
  const own = items.find(({ isCurrent }) => isCurrent);
  const revoke = () => account.send('DELETE', `/sessions/${own?.id}`);
  expect(await expectEndsAtOnce(account, laptop.auth.accessToken, revoke)).toBe('session_ended');
});
