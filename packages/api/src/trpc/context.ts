import type { FastifyBaseLogger } from 'fastify';
import type { Principal } from '../auth/access-tokens.ts';
import type { AttemptLimiter } from '../auth/attempt-limiter.ts';
import type { Dependencies } from '../services/dependencies.ts';

/** What a procedure gets with each request. */
export interface Context {
  readonly deps: Dependencies;
  readonly log: FastifyBaseLogger;
  readonly clientAddress: string;
  readonly attempts: AttemptLimiter;
  /** Who asks; looked up once for all calls of a batch. Rejects as `authenticate` does. */
  readonly principal: () => Promise<Principal>;
}
