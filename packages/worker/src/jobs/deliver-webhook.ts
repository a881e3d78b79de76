import type { Database } from '@instashare/backend/database';
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
  const { authSecret, database, now, post } = deps;
  return async ({ deliveryId: id }, { isLastAttempt, log, signal }) => {
    const { webhookDeliveries, webhooks } = database.repositories;
    const due = await webhookDeliveries.findDue(id);
    if (due === null) return;
    const { webhookId, url } = due;
    const body = JSON.stringify({ webhookId, events: due.events });
    const secret = webhookSecret(authSecret, webhookId);
    const headers = signWebhook({ secret, id, sentAt: now(), body });
    const outcome = await tryPost(post, { url, headers, body, signal });
    signal.throwIfAborted();
    if (outcome.error === null) {
      await webhookDeliveries.record({ id, state: 'delivered', ...outcome, now: now() });
      await webhooks.succeeded(webhookId);
      return;
    }
    const state = isLastAttempt ? 'failed' : 'pending';
    await webhookDeliveries.record({ id, state, ...outcome, now: now() });
    if (await noteFailure(deps, { webhookId, isLastAttempt }))
      log.info({ webhookId }, 'a webhook was disabled');
    throw new Error(`The webhook could not be delivered: ${outcome.error}`);
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
