import type { Scope } from '@instashare/contracts';

/** Who a request is from: a user, by one of the user's log-ins. */
export interface SessionPrincipal {
  readonly kind: 'session';
  readonly userId: string;
  readonly sessionId: string;
}

/** Or by one of the user's personal access tokens. */
interface TokenPrincipal {
  readonly kind: 'token';
  readonly userId: string;
  readonly tokenId: string;
  readonly scopes: readonly Scope[];
}

export type Principal = SessionPrincipal | TokenPrincipal;
