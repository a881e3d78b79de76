import type { ShareRow } from '@instashare/backend/database';
import type { ListSharesResult, PageInput, ShareDto } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';

/** One page of a user's share links, the newest first; those that are over too, until they are revoked. */
export async function listShares(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { cursor, limit }: PageInput,
): Promise<ListSharesResult> {
  const { shares } = database.repositories;
  const found = await shares.list(userId, { beforeId: cursor ?? null, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit);
  return { items: items.map(toShareDto), nextCursor };
}

export function toShareDto(share: ShareRow): ShareDto {
  const { id, fileId, folder, passwordHash, maxDownloads, downloads } = share;
  return {
    id,
    fileId,
    folder: folder?.replace(/\/$/, '') ?? null,
    hasPassword: passwordHash !== null,
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt?.toISOString() ?? null,
    maxDownloads,
    downloads,
  };
}
