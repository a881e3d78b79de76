import { createHmac } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { z } from 'zod';
import { registerUser } from '../harness/account.ts';
import { webhookFaults } from '../harness/contract.ts';
import { liveThrough } from '../harness/file-life.ts';
import { serve } from '../harness/serve.ts';

const server = inject('server');

const bodySchema = z.object({ events: z.array(z.object({ kind: z.string() })) });
const madeSchema = z.object({ secret: z.string() });

interface Sent {
  readonly headers: Headers;
  readonly body: Buffer;
}

const kindsOf = ({ body }: Sent): string[] =>
  bodySchema.parse(JSON.parse(body.toString())).events.map(({ kind }) => kind);

function signatureOf({ headers, body }: Sent, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers.get('webhook-id')}.${headers.get('webhook-timestamp')}.${body.toString()}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

test('what a webhook is sent is as the document describes it, whatever happens to a file', async () => {
  const sent: Sent[] = [];
  await using receiver = await serve((request, response) => {
    void buffer(request).then((body) => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      sent.push({ headers: new Headers(Object.fromEntries(headers)), body });
      response.writeHead(204).end();
    });
  });
  const user = await registerUser(server);
  const { secret } = await user.post('/webhooks', madeSchema, { url: receiver.url });
  await liveThrough(user, () => sent.flatMap(kindsOf));
  expect(sent.flatMap(webhookFaults)).toEqual([]);
  expect(sent.map(({ headers }) => headers.get('webhook-signature'))).toEqual(
    sent.map((one) => signatureOf(one, secret)),
  );
});
