import { createNewId, type Repositories } from '@instashare/backend/database';
import type { AuditDetails, AuditKind } from '@instashare/contracts';

/** Writes into the trail of an account what was done to it here; by nobody who has an account, and from no address. */
export function recordAudit(
  { audit }: Pick<Repositories, 'audit'>,
  event: {
    readonly userId: string;
    readonly kind: AuditKind;
    readonly details?: AuditDetails;
    readonly now: Date;
  },
): Promise<void> {
  const { userId, kind, details = {}, now } = event;
  return audit.insert({
    id: createNewId()(),
    userId,
    kind,
    address: null,
    userAgent: null,
    sessionId: null,
    tokenId: null,
    details,
    createdAt: now,
  });
}
