import { errors } from '@instashare/backend/errors';
import { webhookAuditDetails, webhookSecret } from '@instashare/backend/webhooks';
import {
  type CreateWebhookInput,
  type CreateWebhookResult,
  MAX_WEBHOOKS_PER_ACCOUNT,
} from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { KeepAnswer } from './answer-once.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';
import { toWebhookDto } from './to-webhook-dto.ts';

/** Makes a webhook, which is told what happens from now on. Its secret is in the answer only. */
export async function createWebhook(
  deps: Pick<Dependencies, 'config' | 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { url, pathPrefix = '', keep }: CreateWebhookInput & { readonly keep?: KeepAnswer | undefined },
): Promise<CreateWebhookResult> {
  const { userId } = principal;
  const id = deps.newId();
  const secret = webhookSecret(deps.config.authSecret, id);
  return deps.database.transaction(async (repositories) => {
    const isLive = await repositories.users.lockLive(userId);
    const seq = isLive ? await repositories.changes.headSeq(userId) : null;
    if (seq === null) throw errors.sessionEnded();
    if ((await repositories.webhooks.count(userId)) >= MAX_WEBHOOKS_PER_ACCOUNT) {
      throw errors.limitReached('webhooks', MAX_WEBHOOKS_PER_ACCOUNT);
    }
    const made = { id, userId, url, pathPrefix, seq, createdAt: deps.now() };
    await repositories.webhooks.insert(made);
    const result = { secret, webhook: toWebhookDto({ ...made, failingSince: null, disabledAt: null }) };
    const details = webhookAuditDetails(made);
    await recordAudit(deps, repositories, { actor: principal, kind: 'webhook_created', details });
    await keep?.(repositories, result);
    return result;
  });
}
