import { type Repositories, toPurgedChange } from '@instashare/backend/database';
import type { AuditDetails, AuditKind } from '@instashare/contracts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

type Which = Omit<Parameters<Repositories['trash']['purge']>[0], 'userId'>;
type Purged = Awaited<ReturnType<Repositories['trash']['purge']>>;

interface Purging extends Which {
  /** What the audit trail says of it. */
  readonly auditOf: (purged: Purged) => { readonly kind: AuditKind; readonly details: AuditDetails };
}

/**
 * Removes files of the trash for good, with their versions, and gives those that it removed. The sweep sees to content
 * that nothing else points at, and gives its bytes back to the quota.
 */
export function purge(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: Principal,
  { auditOf, ...which }: Purging,
): Promise<Purged> {
  const { userId } = principal;
  return deps.database.transaction(async (repositories) => {
    const { changes, trash } = repositories;
    const purged = await trash.purge({ ...which, userId });
    if (purged.length === 0) return purged;
    await recordAudit(deps, repositories, { actor: principal, ...auditOf(purged) });
    await changes.record(userId, purged.map(toPurgedChange), 0);
    return purged;
  });
}
