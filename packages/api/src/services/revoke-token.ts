import { errors } from '@instashare/backend/errors';
import type { TokenIdInput } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { recordAudit } from './record-audit.ts';

/** Removes a personal access token: the next request that comes with it is refused. Rejects with `token_not_found`. */
export async function revokeToken(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  { id }: TokenIdInput,
): Promise<void> {
  await deps.database.transaction(async (repositories) => {
    const name = await repositories.tokens.remove(principal.userId, id);
    if (name === null) throw errors.tokenNotFound();
    await recordAudit(deps, repositories, { actor: principal, kind: 'token_revoked', details: { name } });
  });
}
