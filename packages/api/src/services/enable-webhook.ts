import { errors } from '@instashare/backend/errors';
import { webhookAuditDetails } from '@instashare/backend/webhooks';
import type { WebhookDto, WebhookIdInput } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { toWebhookDto } from './to-webhook-dto.ts';

/** Puts a webhook in use again that was given up; it is told what it missed. Rejects with `webhook_not_found`. */
export async function enableWebhook(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { id }: WebhookIdInput,
): Promise<WebhookDto> {
  return deps.database.transaction(async (repositories) => {
    const { userId } = principal;
    const before = await repositories.webhooks.lockOwn(userId, id);
    const webhook = await repositories.webhooks.enable(userId, id);
    if (before === null || webhook === null) throw errors.webhookNotFound();
    if (before.disabledAt !== null) {
      const details = webhookAuditDetails(webhook);
      await recordAudit(deps, repositories, { actor: principal, kind: 'webhook_enabled', details });
    }
    return toWebhookDto(webhook);
  });
}
