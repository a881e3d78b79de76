import { errors } from '@instashare/backend/errors';
import type { Dependencies } from '../services/dependencies.ts';
import type { Origin, SessionPrincipal } from './principal.ts';

/** What a request to the admin pages says of who sent it. */
export interface AdminCredentials {
  /** What a log-in there gave to the browser; empty: nothing. */
  readonly cookie: string;
  /** The header of this name, which lets nobody in here. */
  readonly authorization: string | undefined;
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
  { authorization, cookie, origin }: AdminCredentials,
): Promise<Admin | null> {
  if (authorization !== undefined) throw errors.notFound();
  const sessionId = adminSessions.sessionIdOf(cookie);
  const found = sessionId === null ? null : await database.repositories.admin.findSession(sessionId, now());
  if (sessionId === null || found === null) return null;
  const { email, isAdmin, isLive, userId } = found;
  if (!isAdmin) throw errors.notFound();
  if (!isLive) throw errors.sessionEnded();
  return { kind: 'session', userId, sessionId, email, origin };
}
