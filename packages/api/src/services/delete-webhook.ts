import { errors } from '@instashare/backend/errors';
import { webhookAuditDetails } from '@instashare/backend/webhooks';
import type { WebhookIdInput } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Removes a webhook; what was not sent yet is not sent any more. Rejects with `webhook_not_found`. */
export async function deleteWebhook(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { id }: WebhookIdInput,
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    const removed = await repositories.webhooks.remove(principal.userId, id);
    if (removed === null) throw errors.webhookNotFound();
    const details = webhookAuditDetails(removed);
    await recordAudit(deps, repositories, { actor: principal, kind: 'webhook_deleted', details });
  });
}
