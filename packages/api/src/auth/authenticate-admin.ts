import type { AdminSessionRow } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import type { Origin, SessionPrincipal } from './principal.ts';

/** What a request to the admin pages says of who sent it. Other headers let nobody in here, and keep nobody out. */
export interface AdminCredentials {
  /** What log-ins there gave to the browser, as far as it says. */
  readonly cookies: readonly string[];
  readonly origin: Origin;
}

/** An admin, by a log-in to the admin pages. */
export interface Admin extends SessionPrincipal {
  readonly email: string;
}

/**
 * The admin that sent a request; null for a stranger, who may log in. Session and flag are looked up each time. Whoever is
 * known not to be an admin is told that there is nothing here: rejects with `not_found`. Rejects with `session_ended`.
 */
export async function findAdmin(
  { adminSessions, database, now }: Pick<Dependencies, 'adminSessions' | 'database' | 'now'>,
  { cookies, origin }: AdminCredentials,
): Promise<Admin | null> {
  const found: AdminSessionRow[] = [];
  for (const cookie of cookies) {
    const sessionId = adminSessions.sessionIdOf(cookie);
    const session =
      sessionId === null ? null : await database.repositories.admin.findSession(sessionId, now());
    if (sessionId === null || session === null) continue;
    const { email, isAdmin, isLive, userId } = session;
    if (isAdmin && isLive) return { kind: 'session', userId, sessionId, email, origin };
    found.push(session);
  }
  if (found.some(({ isAdmin }) => !isAdmin)) throw errors.notFound();
  if (found.length > 0) throw errors.sessionEnded();
  return null;
}
