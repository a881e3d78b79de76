import { createHmac } from 'node:crypto';

const PREFIX = 'whsec_';

/** The secret of one webhook. It is derived: so none is stored, and who reads the database can sign nothing. */
export function webhookSecret(authSecret: string, webhookId: string): string {
  const key = createHmac('sha256', authSecret).update('instashare/webhook').digest();
  return PREFIX + createHmac('sha256', key).update(webhookId).digest('base64');
}

export interface Signed {
  readonly secret: string;
  /** The same at every try: who has seen it has seen what it carries. */
  readonly id: string;
  readonly sentAt: Date;
  readonly body: string;
}

/** The headers by which the receiver knows that it is ours, and not an old one sent again. */
export function signWebhook({ secret, id, sentAt, body }: Signed): Record<string, string> {
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
