import type { AuditEventRow } from '@instashare/backend/database';
import type { AuditEventDto, ListAuditResult, PageInput } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';

/** One page of what happened to an account, the newest first. */
export async function listAudit(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
  { cursor, limit }: PageInput,
): Promise<ListAuditResult> {
  const { audit } = database.repositories;
  const found = await audit.list(userId, { beforeId: cursor ?? null, limit: limit + 1 });
  const { items, nextCursor } = pageOf(found, limit);
  return { items: items.map(toAuditEventDto), nextCursor };
}

const toAuditEventDto = (event: AuditEventRow): AuditEventDto => ({
  ...event,
  createdAt: event.createdAt.toISOString(),
});
