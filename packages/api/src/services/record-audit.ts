import type { Repositories } from '@instashare/backend/database';
import type { AuditDetails, AuditKind } from '@instashare/contracts';
import type { Origin, Principal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';

/** Who did it: somebody who is logged in or has a token, or somebody of whom only the account is known. */
export type AuditActor = Principal | { readonly userId: string | null; readonly origin: Origin };

/** Writes down what happened to an account; in the transaction in which it happens, so that neither is without the other. */
export function recordAudit(
  { newId, now }: Pick<Dependencies, 'newId' | 'now'>,
  { audit }: Pick<Repositories, 'audit'>,
  event: { readonly actor: AuditActor; readonly kind: AuditKind; readonly details?: AuditDetails },
): Promise<void> {
  const { actor, kind, details = {} } = event;
  return audit.insert({
    id: newId(),
    userId: actor.userId,
    kind,
    ...actor.origin,
    sessionId: 'sessionId' in actor ? actor.sessionId : null,
    tokenId: 'tokenId' in actor ? actor.tokenId : null,
    details,
    createdAt: now(),
  });
}
