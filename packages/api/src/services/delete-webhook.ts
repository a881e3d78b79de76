import { errors } from '@instashare/backend/errors';
import type { WebhookIdInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';

/** Removes a webhook; what was not sent yet is not sent any more. Rejects with `webhook_not_found`. */
export async function deleteWebhook(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { id }: WebhookIdInput,
): Promise<void> {
  if (!(await database.repositories.webhooks.remove(userId, id))) throw errors.webhookNotFound();
}
