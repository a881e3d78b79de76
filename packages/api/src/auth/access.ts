import { errors } from '@instashare/backend/errors';
import type { Scope } from '@instashare/contracts';
import type { Principal, SessionPrincipal } from './principal.ts';

/**
 * Who may ask: `public`, everyone; `user`, whoever proves who they are; a scope, personal access tokens that have it
 * (a log-in may do whatever its user may); `session`, a log-in only; `admin`, an admin who has logged in to the admin
 * pages, of which others are told that they are not there. Each procedure and each route declares one.
 */
export type Access = 'public' | 'user' | Scope | 'session' | 'admin';

/** What is asked for by somebody, and not by everyone; of the api, not of the admin pages. */
export type GuardedAccess = Exclude<Access, 'public' | 'admin'>;

/** Throws `insufficient_scope` when `principal` may not do what needs `access`. Scopes are enforced here and only here. */
export function requireAccess(principal: Principal, access: GuardedAccess): void {
  if (access === 'session') requireSession(principal);
  else if (principal.kind === 'token' && access !== 'user' && !principal.scopes.includes(access)) {
    throw errors.insufficientScope(access);
  }
}

/** The log-in that asks; throws `insufficient_scope` for a token. */
export function requireSession(principal: Principal): SessionPrincipal {
  if (principal.kind !== 'session') throw errors.logInRequired();
  return principal;
}
