import { errors } from '@instashare/backend/errors';
import type { WebhookDto, WebhookIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toWebhookDto } from './to-webhook-dto.ts';

/** Puts a webhook in use again that was given up; it is told what it missed. Rejects with `webhook_not_found`. */
export async function enableWebhook(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { id }: WebhookIdInput,
): Promise<WebhookDto> {
  const webhook = await database.repositories.webhooks.enable(userId, id);
  if (webhook === null) throw errors.webhookNotFound();
  return toWebhookDto(webhook);
}
