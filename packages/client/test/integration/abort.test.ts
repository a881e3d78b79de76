import { randomUUID } from 'node:crypto';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
} from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HttpRelay, startHttpRelay, startTestApi, type TestApi } from '../support/index.ts';

type Run = (client: InstashareClient, signal: AbortSignal) => Promise<unknown>;

let stack: AsyncDisposableStack;
let api: TestApi;
let relay: HttpRelay;
beforeAll(async () => {
  stack = new AsyncDisposableStack();
  api = stack.use(await startTestApi());
  relay = stack.use(await startHttpRelay(api.url));
});
afterAll(() => stack.disposeAsync());

/** Of somebody whose access token is old. */
async function expiredLogin() {
  const auth = createMemoryAuthStore();
  await using client = createInstashareClient({ url: api.url, auth });
  await client.register({ email: `${randomUUID()}@example.org`, password: 'correct horse battery' });
  const tokens = await auth.load();
  if (tokens === null) throw new Error('somebody is logged in');
  return createMemoryAuthStore({ ...tokens, expiresAt: new Date(0).toISOString() });
}

describe('an abort is heard while a refresh is waited for', () => {
  const bytes = new Uint8Array(10);
  const id = randomUUID();
  test.each<[string, Run]>([
    ['a call', (client, signal) => client.call((trpc) => trpc.users.me.query(undefined, { signal }))],
    ['an upload', (client, signal) => client.upload(bytes, { path: 'a', signal })],
    ['a bundle', (client, signal) => client.uploadBundle([{ path: 'a', bytes }], { signal })],
    ['a download', (client, signal) => client.download(id, { signal })],
    ['events', (client, signal) => client.events({ signal }).next()],
    ['waiting for a file', (client, signal) => client.whenReady(id, { signal })],
  ])('by %s', async (_what, run) => {
    await using client = createInstashareClient({ url: relay.url, auth: await expiredLogin() });
    const before = relay.asked.length;
    const held = relay.hold('/trpc/users.refresh');
    const aborting = new AbortController();
    const running = run(client, aborting.signal);
    running.catch(() => undefined);
    await held.given;
    const why = new Error('enough');
    aborting.abort(why);
    await expect(running).rejects.toBe(why);
    // Had it waited, the refresh would have been given up and asked for again.
    expect(relay.asked.slice(before)).toEqual(['POST /trpc/users.refresh']);
    // It is for whoever asks next.
    held.release();
    expect(await client.accessToken()).toEqual(expect.any(String));
  });
});

test('an abort is heard by a call that shares its request with others, and they go on', async () => {
  await using client = createInstashareClient({ url: relay.url, auth: await expiredLogin() });
  await client.accessToken();
  const held = relay.hold('/trpc/users.me,users.me');
  const aborting = new AbortController();
  const me = (signal: AbortSignal) => client.call((trpc) => trpc.users.me.query(undefined, { signal }));
  const other = me(new AbortController().signal);
  const running = me(aborting.signal);
  for (const each of [running, other]) each.catch(() => undefined);
  await held.given;
  const why = new Error('enough');
  aborting.abort(why);
  await expect(running).rejects.toBe(why);
  held.release();
  await expect(other).resolves.toHaveProperty('email');
});
