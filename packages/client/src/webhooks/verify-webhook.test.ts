import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { verifyWebhook, type WebhookToVerify } from './verify-webhook.ts';

const NOW_MS = 1_800_000_000_000;
const KEY = Buffer.from('a key of thirty-two bytes, or so!');
const secret = `whsec_${KEY.toString('base64')}`;
const BODY = '{"webhookId":"w","events":[{"kind":"ready"}]}';

function sign({ id = 'msg_1', seconds = NOW_MS / 1000, body = BODY, key = KEY } = {}) {
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}

const verify = (changes: Partial<WebhookToVerify> = {}) =>
  verifyWebhook({ secret, headers: sign(), body: BODY, now: () => NOW_MS, ...changes });

test('what is signed and new is given as it was sent, from headers of every kind', async () => {
  const expected: unknown = JSON.parse(BODY);
  await expect(verify()).resolves.toEqual(expected);
  await expect(verify({ headers: new Headers(sign()) })).resolves.toEqual(expected);
  const own = sign();
  // Several secrets are in use while one is changed for another.
  const headers = { ...own, 'webhook-signature': `v1,${'A'.repeat(43)}= ${own['webhook-signature']}` };
  await expect(verify({ headers })).resolves.toEqual(expected);
});

test('the example of the standard', async () => {
  const body = '{"test": 2432232314}';
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };
  const standard = {
    headers,
    body,
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    now: () => 1_614_265_330_000,
  };
  // Signed well; it only is none of ours.
  await expect(verifyWebhook(standard)).rejects.toMatchObject({ code: 'bad_response' });
});

test.each([
  ['another body', { body: BODY.replace('ready', 'moved') }, /another secret, or was changed/],
  ['another id', { headers: { ...sign(), 'webhook-id': 'msg_2' } }, /another secret/],
  [
    'another time',
    { headers: { ...sign(), 'webhook-timestamp': String(NOW_MS / 1000 + 1) } },
    /another secret/,
  ],
  ['another secret', { headers: sign({ key: Buffer.from('another') }) }, /another secret/],
  [
    'another version',
    { headers: { ...sign(), 'webhook-signature': sign()['webhook-signature'].replace('v1', 'v2') } },
    /another secret/,
  ],
  ['no base64', { headers: { ...sign(), 'webhook-signature': 'v1,%' } }, /another secret/],
  ['an old one', { headers: sign({ seconds: NOW_MS / 1000 - 301 }) }, /too old/],
  ['one of tomorrow', { headers: sign({ seconds: NOW_MS / 1000 + 301 }) }, /from the future/],
  ['no time', { headers: { ...sign(), 'webhook-timestamp': 'now' } }, /no time/],
  ['no headers', { headers: {} }, /not signed/],
])('%s is refused', async (_what, changes, reason) => {
  const refused = verify(changes);
  await expect(refused).rejects.toThrow(reason);
  await expect(refused).rejects.toMatchObject({ code: 'webhook_refused' });
});

test('how old one may be can be said', async () => {
  const headers = sign({ seconds: NOW_MS / 1000 - 1000 });
  await expect(verify({ headers, toleranceSeconds: 1000 })).resolves.toHaveProperty('events');
});

test.each(['', 'whsec_%', 'a password'])('%j is no secret', async (none) => {
  await expect(verify({ secret: none })).rejects.toMatchObject({ code: 'invalid_input' });
});
