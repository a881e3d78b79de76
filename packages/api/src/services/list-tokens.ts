import type { TokenRow } from '@instashare/backend/database';
import type { ListTokensResult, PageInput, TokenDto } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';

/** One page of a user's personal access tokens, the newest first; expired ones too, until they are revoked. */
export async function listTokens(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { cursor, limit }: PageInput,
): Promise<ListTokensResult> {
  const { tokens } = database.repositories;
  const found = await tokens.list(userId, { beforeId: cursor ?? null, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit);
  return { items: items.map(toTokenDto), nextCursor };
}

export function toTokenDto({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: TokenRow): TokenDto {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
