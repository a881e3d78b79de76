import { randomUUID } from 'node:crypto';
import { createInstashareClient, createMemoryAuthStore } from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HttpRelay, startHttpRelay, startTestApi, type TestApi } from '../support/index.ts';

// A hundred calls are through before such a token ends, on a busy machine as well.
test('with tokens that live for three seconds, many calls at once go through, and refreshes are few', async () => {
  await using api = await startTestApi({ accessTokenSeconds: 3 });
  const memory = createMemoryAuthStore();
  let saves = 0;
  await using client = createInstashareClient({
    url: api.url,
    auth: {
      ...memory,
      save: (tokens) => {
        saves += 1;
        return memory.save(tokens);
      },
    },
  });
  const { id } = await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
  for (const waitMs of [0, 3_100, 3_100]) {
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
    const users = await Promise.all(
      Array.from({ length: 100 }, () => client.call((trpc) => trpc.users.me.query())),
    );
    expect(new Set(users.map((user) => user.id))).toEqual(new Set([id]));
  }
  // One for the registration, and about one for each time the token was found to be old.
  expect(saves).toBeLessThanOrEqual(6);
});

test('after logging out the session is over, for another copy of its tokens as well', async () => {
  await using api = await startTestApi();
  const auth = createMemoryAuthStore();
  await using client = createInstashareClient({ url: api.url, auth });
  await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
  const copy = createMemoryAuthStore(await auth.load());
  await client.logout();
  await expect(client.call((trpc) => trpc.users.me.query())).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  await using other = createInstashareClient({ url: api.url, auth: copy });
  await expect(other.call((trpc) => trpc.users.me.query())).rejects.toMatchObject({ code: 'session_ended' });
});

test('a running client goes on by itself after a log-out and a new log-in elsewhere', async () => {
  await using api = await startTestApi();
  const auth = createMemoryAuthStore();
  const login = { email: 'ada@example.org', password: 'correct horse battery' };
  await using running = createInstashareClient({ url: api.url, auth });
  await running.register(login);
  await using elsewhere = createInstashareClient({ url: api.url, auth });
  await elsewhere.call((trpc) => trpc.users.me.query());
  await elsewhere.logout();
  await elsewhere.login(login);
  expect(await running.call((trpc) => trpc.users.me.query())).toMatchObject({ email: login.email });
});

test('an address that is of another user by now changes nothing of who is logged in', async () => {
  await using api = await startTestApi();
  const auth = createMemoryAuthStore();
  const login = { email: 'ada@example.org', password: 'correct horse battery' };
  await using client = createInstashareClient({ url: api.url, auth });
  const { id } = await client.register(login);
  const before = await auth.load();
  expect(await client.login(login, { onlyAs: 'another' })).toMatchObject({ id });
  expect(await auth.load()).toEqual(before);
  await client.login(login, { onlyAs: id });
  expect((await auth.load())?.refreshToken).not.toBe(before?.refreshToken);
});

test('a server that is not there, and one that is no Instashare server', async () => {
  const auth = createMemoryAuthStore();
  const login = { email: 'ada@example.org', password: 'correct horse battery' };
  await using nobody = createInstashareClient({ url: 'http://127.0.0.1:9', auth });
  await expect(nobody.login(login)).rejects.toMatchObject({ code: 'network' });
});

describe('during a refresh', () => {
  let stack: AsyncDisposableStack;
  let api: TestApi;
  let relay: HttpRelay;
  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    api = stack.use(await startTestApi());
    relay = stack.use(await startHttpRelay(api.url));
  });
  afterAll(() => stack.disposeAsync());

  /** A call of somebody whose access token is old: its refresh is answered only when that is allowed. */
  async function beginRefresh() {
    await using made = new AsyncDisposableStack();
    const registering = createMemoryAuthStore();
    const first = made.use(createInstashareClient({ url: api.url, auth: registering }));
    const other = { email: `${randomUUID()}@example.org`, password: 'correct horse battery' };
    await first.register(other);
    await first.register({ ...other, email: `${randomUUID()}@example.org` });
    const tokens = await registering.load();
    if (tokens === null) throw new Error('somebody is logged in');
    const auth = createMemoryAuthStore({ ...tokens, expiresAt: new Date(0).toISOString() });
    const client = made.use(createInstashareClient({ url: relay.url, auth }));
    const me = async () => (await client.call((trpc) => trpc.users.me.query())).email;
    const held = relay.hold('/trpc/users.refresh');
    const waiting = me();
    waiting.catch(() => undefined);
    await held.given;
    const who = async () => [await me(), (await auth.load())?.user.email];
    const all = made.move();
    return { client, other, held, waiting, who, [Symbol.asyncDispose]: () => all.disposeAsync() };
  }

  test('a log-in counts, whatever the refresh comes to', async () => {
    await using refresh = await beginRefresh();
    await refresh.client.login(refresh.other);
    refresh.held.release();
    expect(await refresh.waiting).toBe(refresh.other.email);
    expect(await refresh.who()).toEqual([refresh.other.email, refresh.other.email]);
  });

  test('a call that waits goes on at once with the log-in that was made meanwhile', async () => {
    await using refresh = await beginRefresh();
    await refresh.client.login(refresh.other);
    expect(await refresh.waiting).toBe(refresh.other.email);
  });

  test('a log-out that waits does not end the log-in that was made meanwhile', async () => {
    await using refresh = await beginRefresh();
    const leaving = refresh.client.logout();
    await refresh.client.login(refresh.other);
    refresh.held.release();
    await leaving;
    expect(await refresh.who()).toEqual([refresh.other.email, refresh.other.email]);
  });
});
