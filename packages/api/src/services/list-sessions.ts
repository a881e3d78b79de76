import type { ListedSession } from '@instashare/backend/database';
import type { ListSessionsResult, PageInput, SessionDto } from '@instashare/contracts';
import type { SessionPrincipal } from '../auth/principal.ts';
import type { Dependencies } from './dependencies.ts';
import { pageOf } from './page-of.ts';

/** One page of a user's sessions that live, the newest first. */
export async function listSessions(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  { userId, sessionId }: Pick<SessionPrincipal, 'sessionId' | 'userId'>,
  { cursor, limit }: PageInput,
): Promise<ListSessionsResult> {
  const page = { beforeId: cursor ?? null, limit: limit + 1, now: now() };
  const found = await database.repositories.sessions.listLive(userId, page);
  const { items, nextCursor } = pageOf(found, limit);
  return { items: items.map((session) => toSessionDto(session, sessionId)), nextCursor };
}

const toSessionDto = (session: ListedSession, currentId: string): SessionDto => ({
  ...session,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  isCurrent: session.id === currentId,
});
