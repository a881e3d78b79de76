import { errors } from '@instashare/backend/errors';
import { type CreateTokenInput, type CreateTokenResult, MAX_TOKENS_PER_ACCOUNT } from '@instashare/contracts';
import { makePersonalAccessToken, sha256OfToken } from '../auth/personal-access-tokens.ts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { KeepAnswer } from './answer-once.ts';
import type { Dependencies } from './dependencies.ts';
import { toExpiry } from './expiry.ts';
import { toTokenDto } from './list-tokens.ts';
import { recordAudit } from './record-audit.ts';

/** Makes a personal access token. Its secret is in the answer, and nowhere else ever after. */
export async function createToken(
  deps: Pick<Dependencies, 'database' | 'newId' | 'now'>,
  principal: SessionPrincipal,
  input: CreateTokenInput & { readonly keep?: KeepAnswer | undefined },
): Promise<CreateTokenResult> {
  const createdAt = deps.now();
  const expiresAt = toExpiry(input.expiresAt, createdAt);
  const secret = makePersonalAccessToken();
  const { name, scopes } = input;
  const token = { id: deps.newId(), userId: principal.userId, name, scopes, createdAt, expiresAt };
  const result = { token: secret, details: toTokenDto({ ...token, lastUsedAt: null }) };
  await deps.database.transaction(async (repositories) => {
    // Also keeps two at once from both being the last one that fits.
    if (!(await repositories.users.lockLive(principal.userId))) throw errors.sessionEnded();
    if ((await repositories.tokens.count(principal.userId)) >= MAX_TOKENS_PER_ACCOUNT) {
      throw errors.limitReached('tokens', MAX_TOKENS_PER_ACCOUNT);
    }
    await repositories.tokens.insert({ ...token, tokenSha256: sha256OfToken(secret) });
    const details = { name, scopes: scopes.join(' ') };
    await recordAudit(deps, repositories, { actor: principal, kind: 'token_created', details });
    await input.keep?.(repositories, result);
  });
  return result;
}
