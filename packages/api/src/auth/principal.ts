import type { Scope } from '@instashare/contracts';

/** Where a request comes from. */
export interface Origin {
  readonly address: string;
  /** What the program that asks calls itself, cut to a bounded length. */
  readonly userAgent: string | null;
}

/** Who a request is from: a user, by one of the user's log-ins. */
export interface SessionPrincipal {
  readonly kind: 'session';
  readonly userId: string;
  readonly sessionId: string;
  readonly origin: Origin;
}

/** Or by one of the user's personal access tokens. */
interface TokenPrincipal {
  readonly kind: 'token';
  readonly userId: string;
  readonly tokenId: string;
  readonly scopes: readonly Scope[];
  readonly origin: Origin;
}

export type Principal = SessionPrincipal | TokenPrincipal;
