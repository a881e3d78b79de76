import { randomUUID } from 'node:crypto';
import { createLog } from '@instashare/backend/log';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDeliverWebhook } from '../../src/jobs/deliver-webhook.ts';
import { removeOldDeliveries } from '../../src/sweep/remove-old-deliveries.ts';
import { requeueDeliveries } from '../../src/sweep/requeue-deliveries.ts';
import { AddressRefused } from '../../src/webhooks/public-addresses.ts';
import { ONE_TURN } from '../support/sweeper.ts';
import { openWorkerWorld, type WorkerWorld } from '../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;
const log = createLog({ name: 'test', level: 'silent' });

let world: WorkerWorld;
beforeAll(async () => {
  world = await openWorkerWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function makeWebhook(): Promise<string> {
  const { userId, now: createdAt } = world;
  const webhook = {
    id: randomUUID(),
    userId,
    url: 'https://example.org/',
    pathPrefix: '',
    seq: 0,
    createdAt,
  };
  await world.database.repositories.webhooks.insert(webhook);
  return webhook.id;
}

async function makeDelivery(webhookId: string, now = world.now): Promise<string> {
  const id = randomUUID();
  await world.database.repositories.webhookDeliveries.insert({
    id,
    webhookId,
    events: [{ kind: 'ready' }],
    now,
  });
  return id;
}

interface Run {
  readonly post: () => Promise<number>;
  readonly now?: Date;
  readonly isLastAttempt?: boolean;
}

/** Runs the job as the queue would. */
function deliver(deliveryId: string, { post, now = world.now, isLastAttempt = false }: Run): Promise<void> {
  const { database } = world;
  const job = createDeliverWebhook({
    database,
    authSecret: 'x'.repeat(32),
    post,
    now: () => now,
    newId: randomUUID,
  });
  const context = { log, isLastAttempt, signal: new AbortController().signal, reportProgress() {} };
  return job({ deliveryId }, context);
}

const answering = (status: number) => () => Promise.resolve(status);
const failing = (error: Error) => async (): Promise<number> => {
  throw error;
};

const deliveryOf = async (webhookId: string) =>
  (await world.database.repositories.webhookDeliveries.list(webhookId, { beforeId: null, limit: 1 }))[0];
const webhookOf = (id: string) => world.database.repositories.webhooks.find(world.userId, id);

test.each([200, 201, 204, 299])(
  'status %d is a success, after which nothing is sent any more',
  async (status) => {
    const webhookId = await makeWebhook();
    const id = await makeDelivery(webhookId);
    await deliver(id, { post: answering(status) });
    expect(await deliveryOf(webhookId)).toMatchObject({
      state: 'delivered',
      attempts: 1,
      lastStatus: status,
    });
    await deliver(id, { post: failing(new Error('sent twice')) });
    expect(await deliveryOf(webhookId)).toMatchObject({ state: 'delivered', attempts: 1 });
  },
);

const timeout = Object.assign(new Error('an inner word'), { name: 'TimeoutError' });
const refusedByHost = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' });

test.each([
  { what: 'status 500', post: answering(500), lastStatus: 500, lastError: 'It was answered with status 500' },
  { what: 'a redirect', post: answering(302), lastStatus: 302, lastError: 'It was answered with status 302' },
  {
    what: 'a private address',
    post: failing(new AddressRefused('x.example')),
    lastError: 'x.example does not lead to a public address',
  },
  { what: 'a silent server', post: failing(timeout), lastError: 'No answer came in time' },
  {
    what: 'a server that is away',
    post: failing(refusedByHost),
    lastError: 'It could not be reached: ECONNREFUSED',
  },
  {
    what: 'anything else',
    post: failing(new Error('an inner word')),
    lastError: 'It could not be reached: the connection failed',
  },
])(
  '$what is a failure, told without what is ours, and tried again',
  async ({ post, lastError, lastStatus = null }) => {
    const webhookId = await makeWebhook();
    const id = await makeDelivery(webhookId);
    await expect(deliver(id, { post })).rejects.toThrow(lastError);
    expect(await deliveryOf(webhookId)).toMatchObject({
      state: 'pending',
      attempts: 1,
      lastStatus,
      lastError,
    });
    await expect(deliver(id, { post, isLastAttempt: true })).rejects.toThrow(lastError);
    expect(await deliveryOf(webhookId)).toMatchObject({ state: 'failed', attempts: 2 });
  },
);

describe('one that is asked for again while it is under way', () => {
  const later = () => new Date(world.now.getTime() + 1000);

  /** Answers one after the other; while the first one is waited for, it is asked for again. */
  async function deliverMeanwhile(statuses: readonly number[], isLastAttempt: boolean) {
    const webhookId = await makeWebhook();
    const id = await makeDelivery(webhookId);
    const left = [...statuses];
    const post = async () => {
      if (left.length === statuses.length) {
        const again = await world.database.repositories.webhookDeliveries.sendAgain(webhookId, id, later());
        expect(again).toMatchObject({ state: 'pending', attempts: 0 });
      }
      return left.shift() ?? 0;
    };
    const failure = await deliver(id, { post, isLastAttempt, now: later() }).catch(String);
    const delivery = await deliveryOf(webhookId);
    return { failure: failure ?? null, unasked: left.length, ...delivery };
  }

  test.each([
    { what: 'the last try, which fails', first: 500, isLastAttempt: true },
    { what: 'a try that fails', first: 500, isLastAttempt: false },
    { what: 'a try that succeeds', first: 200, isLastAttempt: false },
  ])('$what: it is sent again', async ({ first, isLastAttempt }) => {
    expect(await deliverMeanwhile([first, 204], isLastAttempt)).toMatchObject({
      failure: null,
      unasked: 0,
      state: 'delivered',
      attempts: 1,
      lastStatus: 204,
    });
  });

  test('by the last try, and that fails again: it is not over, but has all its tries before it', async () => {
    expect(await deliverMeanwhile([500, 500], true)).toMatchObject({
      failure: expect.stringContaining('status 500') as unknown,
      unasked: 0,
      state: 'pending',
      attempts: 0,
    });
  });
});

test('a webhook that has failed for three days is disabled, and one success in between is enough', async () => {
  const webhookId = await makeWebhook();
  const at = (days: number) => new Date(world.now.getTime() + days * DAY_MS);
  const failAt = async (days: number, isLastAttempt = true) => {
    const options = { post: answering(500), now: at(days), isLastAttempt };
    const failed = deliver(await makeDelivery(webhookId), options);
    await expect(failed).rejects.toThrow('status 500');
    return webhookOf(webhookId);
  };
  expect(await failAt(0)).toMatchObject({ failingSince: at(0), disabledAt: null });
  expect(await failAt(2.9)).toMatchObject({ failingSince: at(0), disabledAt: null });
  await deliver(await makeDelivery(webhookId), { post: answering(200), now: at(2.95) });
  expect(await failAt(3)).toMatchObject({ failingSince: at(3), disabledAt: null });
  // It may have been well in between, with nothing to be sent: one attempt of many is no proof.
  expect(await failAt(6.1, false)).toMatchObject({ failingSince: at(3), disabledAt: null });
  expect(await failAt(6.2)).toMatchObject({ failingSince: at(3), disabledAt: at(6.2) });
  // Nothing goes there any more, and nothing fails.
  await deliver(await makeDelivery(webhookId), { post: failing(new Error('sent')) });
});

test('what waits to be sent to a webhook ends when it is disabled, which is written down', async () => {
  const webhookId = await makeWebhook();
  const { database, userId } = world;
  const at = (days: number) => new Date(world.now.getTime() + days * DAY_MS);
  const done = await makeDelivery(webhookId);
  await deliver(done, { post: answering(200) });
  const waiting = await makeDelivery(webhookId);
  await expect(deliver(waiting, { post: answering(500) })).rejects.toThrow('500');
  const untried = await makeDelivery(webhookId);
  const last = await makeDelivery(webhookId);
  await expect(deliver(last, { post: answering(500), now: at(3.1), isLastAttempt: true })).rejects.toThrow(
    '500',
  );

  const { audit, webhookDeliveries } = database.repositories;
  const rows = await webhookDeliveries.list(webhookId, { beforeId: null, limit: 9 });
  const error = 'The webhook was disabled';
  expect(new Map(rows.map(({ id, state, lastError }) => [id, [state, lastError]]))).toEqual(
    new Map([
      [done, ['delivered', null]],
      [waiting, ['failed', error]],
      [untried, ['failed', error]],
      [last, ['failed', 'It was answered with status 500']],
    ]),
  );
  const [event] = (await audit.list(userId, { beforeId: null, limit: 100 })).filter(
    ({ details }) => details['webhookId'] === webhookId,
  );
  expect(event).toMatchObject({
    kind: 'webhook_disabled',
    address: null,
    createdAt: at(3.1),
    details: { webhookId, origin: 'https://example.org' },
  });
});

test('the sweep asks for all that have lost their job, however many, each once', async () => {
  const webhookId = await makeWebhook();
  const one = await makeDelivery(webhookId, new Date(world.now.getTime() - DAY_MS));
  const many = 4_000;
  await world.sql(`INSERT INTO webhook_deliveries SELECT (json_populate_record(d, json_build_object('id', uuidv7()))).*
    FROM webhook_deliveries d, generate_series(2, ${many}) WHERE d.id = '${one}'`);
  const asked: unknown[] = [];
  const queue = {
    activeCompressions: () => Promise.resolve([]),
    countWaiting: () => Promise.resolve(0),
    async enqueue(_name: string, payload: object) {
      if ('deliveryId' in payload) asked.push(payload.deliveryId);
    },
  };
  const sweep = { ...ONE_TURN, budgetMs: 60_000, database: world.database, queue, now: () => world.now };
  expect(await requeueDeliveries({ ...sweep, isDryRun: true })).toBe(
    await requeueDeliveries({ ...sweep, isDryRun: false }),
  );
  const own = await world.sql(`SELECT id FROM webhook_deliveries WHERE webhook_id = '${webhookId}'`);
  expect(own).toHaveLength(many);
  const once = new Set(asked);
  expect(once.size).toBe(asked.length);
  expect(own.filter(({ id }) => !once.has(id))).toEqual([]);
  await world.sql(`DELETE FROM webhook_deliveries WHERE webhook_id = '${webhookId}'`);
});

test('the sweep asks again for what has lost its job, and removes what has been over for a week', async () => {
  const webhookId = await makeWebhook();
  const ago = (ms: number) => new Date(world.now.getTime() - ms);
  const lost = await makeDelivery(webhookId, ago(61_000));
  await makeDelivery(webhookId, ago(59_000));
  const waiting = await makeDelivery(webhookId, ago(DAY_MS));
  await expect(deliver(waiting, { post: answering(500), now: ago(DAY_MS / 24) })).rejects.toThrow('500');
  const stuck = await makeDelivery(webhookId, ago(DAY_MS));
  await expect(deliver(stuck, { post: answering(500), now: ago(DAY_MS / 8) })).rejects.toThrow('500');
  const asked: unknown[] = [];
  const queue = {
    activeCompressions: () => Promise.resolve([]),
    countWaiting: () => Promise.resolve(0),
    async enqueue(_name: string, _payload: object, options: { readonly jobId?: string } = {}) {
      asked.push(options.jobId);
    },
  };
  const { database } = world;
  const sweep = { ...ONE_TURN, database, queue, now: () => world.now, isDryRun: false };
  const count = await requeueDeliveries({ ...sweep, isDryRun: true });
  expect(asked).toEqual([]);
  await expect(requeueDeliveries(sweep)).resolves.toBe(count);
  const own = [lost, waiting, stuck];
  expect(asked.filter((id) => own.some((one) => one === id))).toEqual([lost, stuck].toSorted());

  const old = await makeDelivery(webhookId, ago(9 * DAY_MS));
  await deliver(old, { post: answering(200), now: ago(8 * DAY_MS) });
  await expect(removeOldDeliveries({ ...sweep, isDryRun: true })).resolves.toBe(1);
  await expect(removeOldDeliveries(sweep)).resolves.toBe(1);
  await expect(removeOldDeliveries(sweep)).resolves.toBe(0);
});
