import { errors } from '@instashare/backend/errors';
import type { ResendDeliveryInput, WebhookDeliveryDto } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { enqueueDelivery } from './plan-deliveries.ts';
import { toDeliveryDto } from './to-webhook-dto.ts';

/** Sends again what was sent, or given up, with the same id. Rejects with `webhook_not_found`. */
export async function resendDelivery(
  deps: Pick<Dependencies, 'database' | 'jobs' | 'log' | 'now'>,
  userId: string,
  { id, deliveryId }: ResendDeliveryInput,
): Promise<WebhookDeliveryDto> {
  const { webhookDeliveries, webhooks } = deps.database.repositories;
  if ((await webhooks.find(userId, id)) === null) throw errors.webhookNotFound();
  const delivery = await webhookDeliveries.sendAgain(id, deliveryId, deps.now());
  if (delivery === null) throw errors.webhookNotFound();
  await enqueueDelivery(deps, deliveryId);
  return toDeliveryDto(delivery);
}
