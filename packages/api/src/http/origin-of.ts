import type { FastifyRequest } from 'fastify';
import type { Origin } from '../auth/principal.ts';

/** What a client says of itself is kept, but not at any length. */
const MAX_USER_AGENT_LENGTH = 200;

/** Where a request comes from; behind a trusted proxy, where the proxy says. */
export const originOf = ({ ip, headers }: FastifyRequest): Origin => ({
  address: ip,
  userAgent: headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
});
