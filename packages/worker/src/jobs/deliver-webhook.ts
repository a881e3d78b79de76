import type { Database, DueDelivery } from '@instashare/backend/database';
import type { JobHandler } from '@instashare/backend/queue';
import { signWebhook, webhookAuditDetails, webhookSecret } from '@instashare/backend/webhooks';
import type { PostWebhook } from '../webhooks/post-webhook.ts';
import { AddressRefused } from '../webhooks/public-addresses.ts';

/** A webhook that has failed for so long is disabled. */
const DISABLE_AFTER_MS = 3 * 24 * 60 * 60_000;
/** Before there were any. */
const LONG_AGO = new Date(0);

export interface DeliverWebhookDependencies {
  readonly database: Database;
  readonly authSecret: string;
  readonly post: PostWebhook;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** The job that sends one delivery. It rejects when that failed: the queue tries it again later. */
export function createDeliverWebhook(deps: DeliverWebhookDependencies): JobHandler<'deliver-webhook'> {
  const { database, now } = deps;
  return async ({ deliveryId: id }, { isLastAttempt, log, signal }) => {
    const { webhookDeliveries, webhooks } = database.repositories;
    let wasAskedAgain = false;
    for (;;) {
      const due = await webhookDeliveries.findDue(id);
      if (due === null) return;
      const { revision, webhookId } = due;
      const outcome = await send(deps, { id, due, signal });
      signal.throwIfAborted();
      const isDelivered = outcome.error === null;
      // Asked for again it has all its tries, which this job has not: it stays as it is, and the sweep makes one that has.
      const isLeft = !isDelivered && isLastAttempt && wasAskedAgain;
      const state = isDelivered ? 'delivered' : isLastAttempt ? 'failed' : 'pending';
      const attempt = { id, revision, state, ...outcome, now: now() } as const;
      const isRecorded = !isLeft && (await webhookDeliveries.record(attempt));
      if (isDelivered) await webhooks.succeeded(webhookId);
      else if (await noteFailure(deps, { webhookId, isLastAttempt }))
        log.info({ webhookId }, 'a webhook was disabled');
      if (isDelivered && isRecorded) return;
      if (isRecorded || isLeft) throw new Error(`The webhook could not be delivered: ${outcome.error}`);
      // While a worker has a job in hand the queue takes no other one for its delivery: this sends that, too.
      wasAskedAgain = true;
    }
  };
}

/**
 * Disables a webhook that has failed for days, and ends what waits to be sent to it; true when this did. Only with the last
 * attempt of a delivery: nothing may have been sent between one failure and the next, and one attempt is no proof.
 */
function noteFailure(
  { database, newId, now }: Pick<DeliverWebhookDependencies, 'database' | 'newId' | 'now'>,
  { webhookId, isLastAttempt }: { readonly webhookId: string; readonly isLastAttempt: boolean },
): Promise<boolean> {
  const createdAt = now();
  const disableBefore = isLastAttempt ? new Date(createdAt.getTime() - DISABLE_AFTER_MS) : LONG_AGO;
  return database.transaction(async ({ audit, webhookDeliveries, webhooks }) => {
    const disabled = await webhooks.failed(webhookId, createdAt, disableBefore);
    if (disabled === null) return false;
    await webhookDeliveries.giveUp(webhookId, { error: 'The webhook was disabled', now: createdAt });
    await audit.insert({
      id: newId(),
      userId: disabled.userId,
      kind: 'webhook_disabled',
      address: null,
      userAgent: null,
      sessionId: null,
      tokenId: null,
      details: webhookAuditDetails(disabled),
      createdAt,
    });
    return true;
  });
}

interface Outcome {
  readonly status: number | null;
  readonly error: string | null;
}

function send(
  { authSecret, now, post }: Pick<DeliverWebhookDependencies, 'authSecret' | 'now' | 'post'>,
  { id, due, signal }: { readonly id: string; readonly due: DueDelivery; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { events, url, webhookId } = due;
  const body = JSON.stringify({ webhookId, events });
  const secret = webhookSecret(authSecret, webhookId);
  const headers = signWebhook({ secret, id, sentAt: now(), body });
  return tryPost(post, { url, headers, body, signal });
}

async function tryPost(post: PostWebhook, request: Parameters<PostWebhook>[0]): Promise<Outcome> {
  try {
    const status = await post(request);
    if (status >= 200 && status < 300) return { status, error: null };
    return { status, error: `It was answered with status ${status}` };
  } catch (error) {
    return { status: null, error: reasonOf(error) };
  }
}

/** For the owner of the webhook: what is known of the other side, and nothing of ours. */
function reasonOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  if (error instanceof Error && error.name === 'TimeoutError') return 'No answer came in time';
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'the connection failed';
  return `It could not be reached: ${code}`;
}
