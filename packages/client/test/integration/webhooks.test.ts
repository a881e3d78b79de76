/** Webhooks from end to end: the real api and worker, on both queues, and a server that receives. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { isRedisInstalled, startRedis } from '@instashare/backend/testing';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
  verifyWebhook,
  type WebhookBody,
} from '@instashare/client/node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApi } from '../support/index.ts';
import { listenLocally } from '../support/listen.ts';
import { startTestWorker } from '../support/test-worker.ts';

interface Received {
  readonly path: string;
  readonly id: string;
  readonly body: WebhookBody;
}

/** Answers with what `answer` says; keeps what is signed with one of the secrets it was told. */
async function startReceiver() {
  const received: Received[] = [];
  const refused: unknown[] = [];
  const secrets = new Map<string, string>();
  const state = { answer: (_path: string) => 200 };
  const server = createServer((request, response) => {
    const take = async () => {
      const path = request.url ?? '';
      const body = await text(request);
      const status = state.answer(path);
      const verified = await verifyWebhook({
        secret: secrets.get(path) ?? '',
        headers: request.headers,
        body,
      });
      if (status === 200) received.push({ path, id: String(request.headers['webhook-id']), body: verified });
      response.writeHead(status, { location: '/redirected' }).end('an answer that nobody reads');
    };
    take().catch((error: unknown) => {
      refused.push(error);
      response.writeHead(400).end();
    });
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    refused,
    secrets,
    state,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const TIMEOUT = { timeout: 20_000, interval: 100 };

const HAS_REDIS = isRedisInstalled();

describe('with the queue in PostgreSQL', () => {
  testsOf(false);
});
describe.skipIf(!HAS_REDIS)(
  `with the queue in Redis${HAS_REDIS ? '' : ': SKIPPED, none is installed'}`,
  () => {
    testsOf(true);
  },
);

function testsOf(isRedis: boolean): void {
  let stack: AsyncDisposableStack;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  let client: InstashareClient;

  beforeAll(async () => {
    stack = new AsyncDisposableStack();
    receiver = stack.use(await startReceiver());
    const redis = isRedis ? stack.use(await startRedis()) : null;
    const environment = {
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
      ...(redis === null ? {} : { REDIS_URL: redis.url }),
    };
    const api = stack.use(await startTestApi({ environment }));
    stack.use(await startTestWorker(api));
    client = stack.use(createInstashareClient({ url: api.url, auth: createMemoryAuthStore() }));
    await client.register({ email: 'ada@example.org', password: 'correct horse battery' });
  }, 120_000);
  afterAll(() => stack.disposeAsync());

  async function makeWebhook(path: string, pathPrefix: string): Promise<string> {
    const url = `${receiver.url}${path}`;
    const { secret, webhook } = await client.trpc.webhooks.create.mutate({ url, pathPrefix });
    receiver.secrets.set(path, secret);
    return webhook.id;
  }

  const give = (path: string) => client.upload(new TextEncoder().encode(path), { path });
  const deliveriesOf = async (id: string) => (await client.trpc.webhooks.deliveries.query({ id })).items;

  test('what happens below the prefix is told, signed, in order', async () => {
    const id = await makeWebhook('/told', 'told/');
    await give('elsewhere.txt');
    const { file } = await give('told/a.txt');
    const kinds = () =>
      receiver.received.filter(({ path }) => path === '/told').flatMap(({ body }) => body.events);
    await vi.waitFor(() => expect(kinds().map(({ kind }) => kind)).toContain('ready'), TIMEOUT);
    expect(new Set(kinds().map(({ fileId }) => fileId))).toEqual(new Set([file.id]));
    const ids = kinds().map((event) => Number(event.id));
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
    await vi.waitFor(
      async () => expect((await deliveriesOf(id)).map(({ state }) => state)).not.toContain('pending'),
      TIMEOUT,
    );
    expect((await deliveriesOf(id))[0]).toMatchObject({
      state: 'delivered',
      lastStatus: 200,
      lastError: null,
    });
    expect(receiver.refused).toEqual([]);
  });

  test('what fails is tried again, with the same id, and can be sent anew; a redirect is a failure', async () => {
    const answers = [500, 302];
    receiver.state.answer = (path) => (path === '/again' ? (answers.shift() ?? 200) : 200);
    const id = await makeWebhook('/again', 'again/');
    const { file } = await give('again/a.txt');
    await client.whenReady(file.id);
    const delivered = async () => {
      const items = await deliveriesOf(id);
      expect(items.length).toBeGreaterThan(0);
      expect(items.map(({ state }) => state)).not.toContain('pending');
      return items;
    };
    const items = await vi.waitFor(delivered, TIMEOUT);
    expect(items.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(items.length + 2);
    expect(receiver.received.map(({ path }) => path)).not.toContain('/redirected');
    const [first] = items;
    const times = () => receiver.received.filter((one) => one.id === first?.id).length;
    expect(times()).toBe(1);
    await client.trpc.webhooks.resend.mutate({ id, deliveryId: first?.id ?? '' });
    await vi.waitFor(() => expect(times()).toBe(2), TIMEOUT);
    expect((await client.trpc.webhooks.list.query({})).items.find((one) => one.id === id)).toMatchObject({
      failingSince: null,
      disabledAt: null,
    });
  });

  test('an address of our own network is never asked, and the list says so', async () => {
    const { webhook } = await client.trpc.webhooks.create.mutate({
      url: 'http://127.0.0.2:9/',
      pathPrefix: 'own/',
    });
    await give('own/a.txt');
    await vi.waitFor(
      async () => expect((await deliveriesOf(webhook.id))[0]?.attempts).toBeGreaterThan(0),
      TIMEOUT,
    );
    expect((await deliveriesOf(webhook.id)).at(-1)).toMatchObject({
      state: 'pending',
      lastStatus: null,
      lastError: '127.0.0.2 does not lead to a public address',
    });
    await client.trpc.webhooks.delete.mutate({ id: webhook.id });
  });
}
