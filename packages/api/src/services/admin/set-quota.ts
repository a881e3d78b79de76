import { errors } from '@instashare/backend/errors';
import type { Admin } from '../../auth/authenticate-admin.ts';
import type { Dependencies } from '../dependencies.ts';
import { recordAudit } from '../record-audit.ts';

/**
 * Sets what an account may hold; null: no limit. It stands in the trail of both: in the account's without who did it and
 * from where, which is not its user's business. Rejects with `not_found`.
 */
export async function setQuota(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  actor: Admin,
  { userId, quotaBytes }: { readonly userId: string; readonly quotaBytes: number | null },
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    const { admin, audit } = repositories;
    const account = await admin.setQuota(userId, quotaBytes);
    if (account === null) throw errors.notFound();
    const quota = quotaBytes ?? 'none';
    const details = { account, quotaBytes: quota };
    await recordAudit(deps, repositories, { actor, kind: 'admin_set_quota', details });
    await audit.insert({
      id: deps.newId(),
      userId,
      kind: 'quota_changed',
      address: null,
      userAgent: null,
      sessionId: null,
      tokenId: null,
      details: { quotaBytes: quota },
      createdAt: deps.now(),
    });
  });
}
