import {
  createMemoryAuthStore,
  createInstashareClient as createWebClient,
  type InstashareClient,
} from '@instashare/client';
import { createInstashareClient as createNodeClient } from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HttpRelay, startHttpRelay, startTestApi } from '../support/index.ts';

/** As many calls as the server takes in one request. */
const MOST = 32;
const NO_FILE = '0197b6a0-0000-7000-8000-000000000000';

let stack: AsyncDisposableStack;
let relay: HttpRelay;
const clients = new Map<string, InstashareClient>();

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  const api = stack.use(await startTestApi());
  relay = stack.use(await startHttpRelay(api.url));
  const options = { url: relay.url, auth: createMemoryAuthStore() };
  const node = stack.use(createNodeClient(options));
  await node.register({ email: 'ada@example.org', password: 'correct horse battery' });
  clients.set('browsers', createWebClient(options)).set('Node', node);
});
afterAll(() => stack.disposeAsync());

/** How many calls each request carried that was made meanwhile, the smallest first: requests can overtake each other. */
async function requestsOf(run: () => Promise<unknown>): Promise<number[]> {
  const before = relay.asked.length;
  await run();
  return relay.asked
    .slice(before)
    .map((asked) => asked.split(',').length)
    .toSorted((a, b) => a - b);
}

describe.each(['browsers', 'Node'])('the client for %s: calls of one moment', (which) => {
  function call<T>(run: (trpc: InstashareClient['trpc']) => Promise<T>): Promise<T> {
    const client = clients.get(which);
    if (client === undefined) throw new Error(`no client for ${which}`);
    return client.call(run);
  }
  const me = () => call((trpc) => trpc.users.me.query());
  const times = (count: number) => Promise.all(Array.from({ length: count }, () => me()));

  test('share a request, whatever they call', async () => {
    const list = () => call((trpc) => trpc.files.list.query({}));
    expect(await requestsOf(() => Promise.all([me(), list(), me()]))).toEqual([3]);
  });

  test('and those after it another one', async () => {
    const inTurn = async () => {
      await times(2);
      await me();
    };
    expect(await requestsOf(inTurn)).toEqual([1, 2]);
  });

  test('as many as the server takes at once share one, and one more makes another', async () => {
    expect(await requestsOf(() => times(MOST))).toEqual([MOST]);
    expect(await requestsOf(() => times(MOST + 1))).toEqual([1, MOST]);
  });

  test('that change something share a request of their own', async () => {
    const make = (name: string) => call((trpc) => trpc.tokens.create.mutate({ name, scopes: ['read'] }));
    expect(await requestsOf(() => Promise.all([make('one'), make('two'), me()]))).toEqual([1, 2]);
  });

  test('one that fails leaves the others alone', async () => {
    const missing = () => call((trpc) => trpc.files.get.query({ id: NO_FILE }));
    const user = { email: 'ada@example.org' };
    const sizes = await requestsOf(async () => {
      expect(await Promise.allSettled([me(), missing(), me()])).toMatchObject([
        { status: 'fulfilled', value: user },
        { status: 'rejected', reason: { code: 'file_not_found', status: 404 } },
        { status: 'fulfilled', value: user },
      ]);
    });
    expect(sizes).toEqual([3]);
  });
});
