import type { FastifyRequest } from 'fastify';

/** What tRPC and its OpenAPI adapter make a context of. */
export interface ContextOptions {
  readonly req: FastifyRequest;
  /** Its signal aborts when the client is gone. */
  readonly info: { readonly signal: AbortSignal };
}
