import { errors } from '@instashare/backend/errors';
import type { ResendDeliveryInput, WebhookDeliveryDto } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { enqueueDelivery } from './plan-deliveries.ts';
import { toDeliveryDto } from './to-webhook-dto.ts';

/**
 * Sends again what was sent, given up or failed and waits, with the same id: at once, and in place of a try that was to
 * come. Rejects with `webhook_not_found` or `webhook_disabled`.
 */
export async function resendDelivery(
  deps: Pick<Dependencies, 'database' | 'jobs' | 'log' | 'now'>,
  userId: string,
  { id, deliveryId }: ResendDeliveryInput,
): Promise<WebhookDeliveryDto> {
  const delivery = await deps.database.transaction(async ({ webhookDeliveries, webhooks }) => {
    // Locked: a webhook that is disabled meanwhile would leave it waiting for ever.
    const webhook = await webhooks.lockOwn(userId, id);
    if (webhook === null) throw errors.webhookNotFound();
    if (webhook.disabledAt !== null) throw errors.webhookDisabled();
    return webhookDeliveries.sendAgain(id, deliveryId, deps.now());
  });
  if (delivery === null) throw errors.webhookNotFound();
  await enqueueDelivery(deps, deliveryId, 'anew');
  return toDeliveryDto(delivery);
}
