import type { ListWebhooksResult, PageInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';
import { toWebhookDto } from './to-webhook-dto.ts';

/** One page of a user's webhooks, the newest first. */
export async function listWebhooks(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { cursor, limit }: PageInput,
): Promise<ListWebhooksResult> {
  const page = { beforeId: cursor ?? null, limit: limit + 1 };
  const { items, nextCursor } = pageOf(await database.repositories.webhooks.list(userId, page), limit);
  return { items: items.map(toWebhookDto), nextCursor };
}
