import type { FastifyBaseLogger } from 'fastify';
import type { Claim } from '../auth/authenticate.ts';
import type { Authenticated, Origin, Principal } from '../auth/principal.ts';
import type { Dependencies } from '../services/dependencies.ts';
import type { ExpectedVersion } from '../services/expected-version.ts';

/** What a procedure gets with each request. */
export interface Context {
  readonly deps: Dependencies;
  readonly log: FastifyBaseLogger;
  readonly origin: Origin;
  /** What the headers of a REST request expect of the file that is written; one of these. */
  readonly expected: readonly ExpectedVersion[] | undefined;
  /** `Idempotency-Key` of a REST request. */
  readonly idempotencyKey: string | undefined;
  /** Tells a REST client, in `ETag`, at which version the file is that it is answered; over tRPC it is in the answer. */
  readonly tellVersion: <T extends { readonly version: number }>(file: T) => T;
  /** Who asks, before that is confirmed; looked up once for all calls of a batch. Rejects as `claim` does. */
  readonly claimed: () => Promise<Claim>;
  /** Who asks; looked up once for all calls of a batch. Rejects as `authenticate` does. */
  readonly principal: () => Promise<Principal>;
  /** Who asks as of now, for what lasts. */
  readonly authenticateAgain: () => Promise<Authenticated>;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
  /** Breaks the connection off, where its client takes nothing any more. */
  readonly cut: () => void;
}
