import {
  createInstashareClient,
  createMemoryAuthStore,
  type EventsOptions,
  type InstashareClient,
} from '@instashare/client/node';
import type { LiveEvent } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../support/index.ts';

const LOGIN = { email: 'ada@example.org', password: 'correct horse battery' };

async function connect(api: TestApi): Promise<InstashareClient> {
  const client = createInstashareClient({ url: api.url, auth: createMemoryAuthStore() });
  await client.register(LOGIN);
  return client;
}

const upload = (client: InstashareClient, path: string) =>
  client.uploadBundle([{ path, bytes: new TextEncoder().encode(path) }]);

/** Gathers the events that come until it is disposed. */
function gather(client: InstashareClient, options: EventsOptions = {}) {
  const stopping = new AbortController();
  const events: LiveEvent[] = [];
  const interruptions: string[] = [];
  const ended = (async () => {
    const onInterruption: EventsOptions['onInterruption'] = ({ code }) => interruptions.push(code);
    const followed = client.events({ ...options, onInterruption, signal: stopping.signal });
    for await (const event of followed) events.push(event);
  })().catch((error: unknown) => error);
  return {
    events,
    interruptions,
    ended,
    changes: () => events.flatMap((event) => ('file' in event ? [`${event.kind} ${event.path}`] : [])),
    cursors: () => events.filter(({ kind }) => kind === 'cursor').length,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await ended;
    },
  };
}

test('events go on through a server that is killed and started again, and none is missed', async () => {
  await using api = await startTestApi();
  await using client = await connect(api);
  await using gathered = gather(client);
  await expect.poll(() => gathered.cursors()).toBe(1);
  await upload(client, 'a.txt');
  await expect.poll(() => gathered.changes()).toEqual(['created a.txt']);
  await api.kill();
  await expect.poll(() => gathered.interruptions).toContain('network');
  await api.start();
  await upload(client, 'b.txt');
  await expect.poll(() => gathered.changes()).toEqual(['created a.txt', 'created b.txt']);
});

test('events go on when the access token expires, again and again', async () => {
  await using api = await startTestApi({
    accessTokenSeconds: 2,
    environment: { EVENT_HEARTBEAT_SECONDS: '1' },
  });
  await using client = await connect(api);
  await using gathered = gather(client);
  // It follows from now on: what is uploaded before would not be told.
  await expect.poll(() => gathered.cursors()).toBeGreaterThan(0);
  for (let round = 0; round < 3; round += 1) {
    const expected = Array.from({ length: round + 1 }, (_, at) => `created ${at}.txt`);
    await upload(client, `${round}.txt`);
    await expect.poll(() => gathered.changes()).toEqual(expected);
    await new Promise((resolve) => {
      setTimeout(resolve, 1_500);
    });
  }
  expect(gathered.interruptions).toEqual([]);
});

test('behind an event, and below a folder', async () => {
  await using api = await startTestApi();
  await using client = await connect(api);
  for (const path of ['in/a', 'out/b', 'in/c']) await upload(client, path);
  await using gathered = gather(client, { lastEventId: '1', pathPrefix: 'in/' });
  await expect.poll(() => gathered.changes()).toEqual(['created in/c']);
});

test('what does not pass by itself ends the events: nobody logged in, a session that is over, a cursor too old', async () => {
  await using api = await startTestApi();
  const nobody = createInstashareClient({ url: api.url, auth: createMemoryAuthStore() });
  expect(await gather(nobody).ended).toMatchObject({ code: 'unauthenticated' });
  await using client = await connect(api);
  expect(await gather(client, { lastEventId: '99' }).ended).toMatchObject({ code: 'cursor_expired' });
  const gathered = gather(client);
  await expect.poll(() => gathered.cursors()).toBe(1);
  await client.call((trpc) => trpc.users.logout.mutate());
  expect(await gathered.ended).toMatchObject({ code: 'session_ended' });
});

test('an abort ends them with its reason', async () => {
  await using api = await startTestApi();
  await using client = await connect(api);
  const stopping = new AbortController();
  const following = client.events({ signal: stopping.signal });
  expect((await following.next()).value).toMatchObject({ kind: 'cursor' });
  const next = following.next();
  const reason = new Error('enough');
  stopping.abort(reason);
  await expect(next).rejects.toBe(reason);
});

test('the subscription of the typed client does the same', async () => {
  await using api = await startTestApi({
    accessTokenSeconds: 2,
    environment: { EVENT_HEARTBEAT_SECONDS: '1' },
  });
  await using client = await connect(api);
  const told: string[] = [];
  const subscription = client.trpc.events.subscribe.subscribe(
    // Whoever does not say where to begin is told of what comes after the stream has begun, which may be later.
    { lastEventId: '0', pathPrefix: 'in/' },
    { onData: ({ data }) => 'file' in data && told.push(`${data.id} ${data.kind} ${data.path}`) },
  );
  await upload(client, 'in/a');
  await expect.poll(() => told).toEqual(['1 created in/a']);
  await api.kill();
  await api.start();
  await upload(client, 'out/b');
  await upload(client, 'in/c');
  await expect.poll(() => told).toEqual(['1 created in/a', '3 created in/c']);
  subscription.unsubscribe();
});

test('a subscription that is refused for good says so once', async () => {
  await using api = await startTestApi();
  await using client = await connect(api);
  const { promise, resolve } = Promise.withResolvers<unknown>();
  client.trpc.events.subscribe.subscribe({ lastEventId: '99' }, { onError: resolve });
  expect(await promise).toMatchObject({ cause: { code: 'cursor_expired' } });
});
