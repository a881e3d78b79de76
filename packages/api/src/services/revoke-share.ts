import { errors } from '@instashare/backend/errors';
import type { ShareIdInput } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Removes a share link, which stops at once. Rejects with `share_not_found`. */
export async function revokeShare(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  { id }: ShareIdInput,
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    if ((await repositories.shares.remove(principal.userId, id)) === null) throw errors.shareNotFound();
    const details = { shareId: id };
    await recordAudit(deps, repositories, { actor: principal, kind: 'share_revoked', details });
  });
}
