import { errors } from '@instashare/backend/errors';
import type { ListDeliveriesInput, ListDeliveriesResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';
import { toDeliveryDto } from './to-webhook-dto.ts';

/** One page of what a webhook was, or is to be, sent, the newest first. Rejects with `webhook_not_found`. */
export async function listDeliveries(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { id, cursor, limit }: ListDeliveriesInput,
): Promise<ListDeliveriesResult> {
  const { webhookDeliveries, webhooks } = database.repositories;
  if ((await webhooks.find(userId, id)) === null) throw errors.webhookNotFound();
  const found = await webhookDeliveries.list(id, { beforeId: cursor ?? null, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit);
  return { items: items.map(toDeliveryDto), nextCursor };
}
