import { errors } from '@instashare/backend/errors';
import { webhookSecret } from '@instashare/backend/webhooks';
import {
  type CreateWebhookInput,
  type CreateWebhookResult,
  MAX_WEBHOOKS_PER_ACCOUNT,
} from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { toWebhookDto } from './to-webhook-dto.ts';

/** Makes a webhook, which is told what happens from now on. Its secret is in the answer only. */
export async function createWebhook(
  deps: Pick<Dependencies, 'config' | 'database' | 'newId' | 'now'>,
  userId: string,
  { url, pathPrefix = '' }: CreateWebhookInput,
): Promise<CreateWebhookResult> {
  const id = deps.newId();
  const webhook = await deps.database.transaction(async (repositories) => {
    const isLive = await repositories.users.lockLive(userId);
    const seq = isLive ? await repositories.changes.headSeq(userId) : null;
    if (seq === null) throw errors.sessionEnded();
    if ((await repositories.webhooks.count(userId)) >= MAX_WEBHOOKS_PER_ACCOUNT) {
      throw errors.limitReached('webhooks', MAX_WEBHOOKS_PER_ACCOUNT);
    }
    const made = { id, userId, url, pathPrefix, seq, createdAt: deps.now() };
    await repositories.webhooks.insert(made);
    return { ...made, failingSince: null, disabledAt: null };
  });
  return { secret: webhookSecret(deps.config.authSecret, id), webhook: toWebhookDto(webhook) };
}
