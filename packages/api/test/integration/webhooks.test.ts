import {
  createWebhookResultSchema,
  listAuditResultSchema,
  listDeliveriesResultSchema,
  listWebhooksResultSchema,
  MAX_WEBHOOKS_PER_ACCOUNT,
} from '@instashare/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestApi, type TestApi } from '../support/test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const URL_TAKEN = 'https://example.org/hook';

async function create(token: string, json: Record<string, unknown> = { url: URL_TAKEN }) {
  const { body } = await api.request('POST', '/webhooks', { token, json });
  return createWebhookResultSchema.parse(body);
}

async function deliveriesOf(token: string, id: string) {
  const { body } = await api.request('GET', `/webhooks/${id}/deliveries`, { token });
  return listDeliveriesResultSchema.parse(body).items;
}

/** No worker runs: what is planned stays as it is. */
const untilPlanned = (token: string, id: string, count: number) =>
  vi.waitFor(async () => expect(await deliveriesOf(token, id)).toHaveLength(count), {
    timeout: 10_000,
    interval: 50,
  });

test('a webhook is listed without its secret, and deleted', async () => {
  const { token } = await api.register();
  const { secret, webhook } = await create(token, { url: URL_TAKEN, pathPrefix: 'a/' });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const listed = await api.request('GET', '/webhooks', { token });
  expect(listWebhooksResultSchema.parse(listed.body)).toEqual({ items: [webhook], nextCursor: null });
  expect(listed.text).not.toContain('whsec_');
  expect((await create(token)).secret).not.toBe(secret);
  expect((await api.request('DELETE', `/webhooks/${webhook.id}`, { token })).status).toBe(200);
  const again = await api.request('DELETE', `/webhooks/${webhook.id}`, { token });
  expect([again.status, again.body.code]).toEqual([404, 'webhook_not_found']);
});

test.each([
  ['ftp://example.org/', /http/],
  ['javascript:alert(1)', /http/],
  ['example.org', /http/],
  ['', /http/],
  ['https://ada:secret@example.org/', /no user name and no password/],
  ['https://ada@example.org/', /no user name and no password/],
  [`https://example.org/${'a'.repeat(2048)}`, /2048/],
])('the address %j is refused with the reason', async (url, reason) => {
  const { token } = await api.register();
  const { status, body } = await api.request('POST', '/webhooks', { token, json: { url } });
  expect([status, body.code, body.issues[0]?.path]).toEqual([400, 'invalid_input', ['url']]);
  expect(body.issues[0]?.message).toMatch(reason);
});

test('an @ behind the host is none of a user', async () => {
  const { token } = await api.register();
  expect((await create(token, { url: 'https://example.org/@ada?to=a@b.c' })).webhook.url).toContain('@ada');
});

test('an account has so many, and no more', async () => {
  const { token } = await api.register();
  for (let made = 0; made < MAX_WEBHOOKS_PER_ACCOUNT; made += 1) await create(token);
  const { status, body } = await api.request('POST', '/webhooks', { token, json: { url: URL_TAKEN } });
  expect([status, body.code]).toEqual([409, 'limit_reached']);
});

test('what happens from then on is told once, and what happens together goes together', async () => {
  const { token } = await api.register();
  await api.upload(token, 'before.txt', 'before');
  const [all, below] = [await create(token), await create(token, { url: URL_TAKEN, pathPrefix: 'in/' })];
  await api.upload(token, 'out.txt', 'out');
  await untilPlanned(token, all.webhook.id, 1);
  await api.upload(token, 'in/a.txt', 'in');
  await untilPlanned(token, below.webhook.id, 1);
  const [delivery] = await deliveriesOf(token, below.webhook.id);
  expect(delivery).toMatchObject({
    state: 'pending',
    events: 1,
    attempts: 0,
    lastStatus: null,
    lastError: null,
  });
  const stored = await api.sql('SELECT events FROM webhook_deliveries WHERE webhook_id = $1', [
    below.webhook.id,
  ]);
  expect(stored).toMatchObject([{ events: [{ kind: 'created', path: 'in/a.txt' }] }]);
});

test('one that was away for longer than changes are kept goes on from now', async () => {
  const { token, userId } = await api.register();
  const { webhook } = await create(token);
  await api.sql('UPDATE webhooks SET disabled_at = now(), failing_since = now() WHERE id = $1', [webhook.id]);
  await api.upload(token, 'missed.txt', 'missed');
  await api.sql('DELETE FROM changes WHERE user_id = $1', [userId]);
  const enabled = await api.request('POST', `/webhooks/${webhook.id}/enable`, { token, json: {} });
  expect([enabled.status, enabled.body]).toMatchObject([200, { disabledAt: null, failingSince: null }]);
  await api.upload(token, 'later.txt', 'later');
  const behind =
    'SELECT 1 FROM webhooks w JOIN users u ON u.id = w.user_id WHERE w.id = $1 AND u.change_seq > w.seq';
  await vi.waitFor(async () => expect(await api.sql(behind, [webhook.id])).toEqual([]), 10_000);
  await api.upload(token, 'last.txt', 'last');
  await untilPlanned(token, webhook.id, 1);
});

test('one that was disabled is told what it missed when it is enabled', async () => {
  const { token } = await api.register();
  const { webhook } = await create(token);
  await api.sql('UPDATE webhooks SET disabled_at = now(), failing_since = now() WHERE id = $1', [webhook.id]);
  await api.upload(token, 'missed.txt', 'missed too');
  await api.request('POST', `/webhooks/${webhook.id}/enable`, { token, json: {} });
  await api.upload(token, 'later.txt', 'later too');
  await vi.waitFor(async () => {
    const sum = (await deliveriesOf(token, webhook.id)).reduce((events, one) => events + one.events, 0);
    expect(sum).toBe(2);
  }, 10_000);
});

test('a delivery is sent again only as one of its own webhook', async () => {
  const { token } = await api.register();
  const [one, other] = [await create(token), await create(token, { url: URL_TAKEN, pathPrefix: 'none/' })];
  await api.upload(token, 'a.txt', 'something');
  await untilPlanned(token, one.webhook.id, 1);
  const [delivery] = await deliveriesOf(token, one.webhook.id);
  await api.sql(`UPDATE webhook_deliveries SET state = 'failed', attempts = 14 WHERE id = $1`, [
    delivery?.id,
  ]);
  const json = { deliveryId: delivery?.id };
  const wrong = await api.request('POST', `/webhooks/${other.webhook.id}/resend`, { token, json });
  expect([wrong.status, wrong.body.code]).toEqual([404, 'webhook_not_found']);
  const right = await api.request('POST', `/webhooks/${one.webhook.id}/resend`, { token, json });
  expect([right.status, right.body]).toMatchObject([
    200,
    { id: delivery?.id, state: 'pending', attempts: 0 },
  ]);
});

test('what happens to webhooks is written down, without where exactly they lead', async () => {
  const { token } = await api.register();
  const { webhook } = await create(token, { url: 'https://example.org/hook?secret=1' });
  await api.request('POST', `/webhooks/${webhook.id}/enable`, { token, json: {} });
  await api.sql('UPDATE webhooks SET disabled_at = now(), failing_since = now() WHERE id = $1', [webhook.id]);
  await api.request('POST', `/webhooks/${webhook.id}/enable`, { token, json: {} });
  await api.request('DELETE', `/webhooks/${webhook.id}`, { token });
  const { items } = listAuditResultSchema.parse((await api.request('GET', '/audit', { token })).body);
  const details = { webhookId: webhook.id, origin: 'https://example.org' };
  expect(items.map((event) => [event.kind, event.address, event.details])).toEqual([
    ['webhook_deleted', '127.0.0.1', details],
    ['webhook_enabled', '127.0.0.1', details],
    ['webhook_created', '127.0.0.1', details],
    ['registered', '127.0.0.1', {}],
  ]);
});

test('one that is disabled is sent nothing again: it would wait for ever', async () => {
  const { token } = await api.register();
  const { webhook } = await create(token);
  await api.upload(token, 'a.txt', 'something else');
  await untilPlanned(token, webhook.id, 1);
  const [delivery] = await deliveriesOf(token, webhook.id);
  await api.sql('UPDATE webhooks SET disabled_at = now(), failing_since = now() WHERE id = $1', [webhook.id]);
  await api.sql(`UPDATE webhook_deliveries SET state = 'failed' WHERE id = $1`, [delivery?.id]);
  const json = { deliveryId: delivery?.id };
  const refused = await api.request('POST', `/webhooks/${webhook.id}/resend`, { token, json });
  expect([refused.status, refused.body.code]).toEqual([409, 'webhook_disabled']);
  expect(await deliveriesOf(token, webhook.id)).toMatchObject([{ state: 'failed' }]);
  await api.request('POST', `/webhooks/${webhook.id}/enable`, { token, json: {} });
  const taken = await api.request('POST', `/webhooks/${webhook.id}/resend`, { token, json });
  expect([taken.status, taken.body]).toMatchObject([200, { state: 'pending' }]);
});

test('with a webhook goes what is to be sent to it', async () => {
  const { token } = await api.register();
  const { webhook } = await create(token);
  await api.upload(token, 'a.txt', 'for nobody');
  await untilPlanned(token, webhook.id, 1);
  await api.request('DELETE', `/webhooks/${webhook.id}`, { token });
  expect(await api.sql('SELECT id FROM webhook_deliveries WHERE webhook_id = $1', [webhook.id])).toEqual([]);
});

test('webhooks end with the account, at once', async () => {
  const { token, userId } = await api.register();
  await create(token);
  await api.request('POST', '/account/delete', { token, json: { password: 'correct horse' } });
  expect(await api.sql('SELECT id FROM webhooks WHERE user_id = $1', [userId])).toEqual([]);
});
