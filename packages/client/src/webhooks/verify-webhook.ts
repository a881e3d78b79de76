import type { WebhookBody } from '@instashare/contracts';
import { isRecord, parseJson } from '../errors/error-from-answer.ts';
import { InstashareError } from '../errors/instashare-error.ts';

/** Clocks differ, and a delivery takes a moment; an older one may be a copy that somebody sends again. */
const TOLERANCE_SECONDS = 300;

export interface WebhookToVerify {
  /** As it was told when the webhook was made: `whsec_…`. */
  readonly secret: string;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came, byte for byte: not parsed and written anew. */
  readonly body: string;
  /** How far its time may be off. */
  readonly toleranceSeconds?: number | undefined;
  readonly now?: (() => number) | undefined;
}

/**
 * What was sent to a webhook, when it is signed with its secret and not old; by https://www.standardwebhooks.com.
 * Rejects with `webhook_refused`, and is then to be answered with 400. One that was seen before (`webhook-id`) may come again.
 */
export async function verifyWebhook(sent: WebhookToVerify): Promise<WebhookBody> {
  const { body, now = Date.now, toleranceSeconds = TOLERANCE_SECONDS } = sent;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(sent, name),
  );
  if (!id || !timestamp || !signatures) throw refused('It is not signed: headers of a webhook are missing');
  if (!/^\d{1,12}$/.test(timestamp)) throw refused('Its webhook-timestamp is no time');
  if (Math.abs(now() / 1000 - Number(timestamp)) > toleranceSeconds) {
    throw refused('It is too old, or from the future: look at the clock, else somebody sends it again');
  }
  const key = await importKey(sent.secret);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const signature of signatures.split(' ')) {
    const bytes = signature.startsWith('v1,') ? fromBase64(signature.slice(3)) : null;
    if (bytes !== null && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return parseBody(body);
  }
  throw refused('It is signed with another secret, or was changed on its way');
}

const refused = (message: string) => new InstashareError('webhook_refused', message);

function headerOf({ headers }: WebhookToVerify, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}

async function importKey(secret: string) {
  const bytes = secret.startsWith('whsec_') ? fromBase64(secret.slice('whsec_'.length)) : null;
  if (bytes === null) {
    throw new InstashareError('invalid_input', 'This is not the secret of a webhook: it begins with whsec_');
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** What it holds is taken from the server, as the answer of a typed call is. */
function parseBody(body: string): WebhookBody {
  const parsed = parseJson(body);
  if (isWebhookBody(parsed)) return parsed;
  throw new InstashareError('bad_response', 'What was sent to the webhook makes no sense');
}

const isWebhookBody = (value: unknown): value is WebhookBody =>
  isRecord(value) && typeof value['webhookId'] === 'string' && Array.isArray(value['events']);
