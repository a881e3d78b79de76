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

/** A principal as of when its request was looked at. */
export type Authenticated = Principal & {
  /** Until when what was sent lets somebody in; null: until it is revoked. */
  readonly expiresAt: Date | null;
};

/** Or by one of the user's personal access tokens. */
interface TokenPrincipal {
  readonly kind: 'token';
  readonly userId: string;
  readonly tokenId: string;
  readonly scopes: readonly Scope[];
  readonly origin: Origin;
}

export type Principal = SessionPrincipal | TokenPrincipal;
