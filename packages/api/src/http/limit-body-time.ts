import { errors } from '@instashare/backend/errors';
import type { FastifyInstance } from 'fastify';

/** Of JSON or a form, which have a mebibyte at most. */
const BODY_MAY_TAKE_MS = 60_000;

/** `bodyLimit` of a route that takes files: their bytes are counted as they come, and may take hours. */
export const ANY_LENGTH = Number.MAX_SAFE_INTEGER;

/**
 * A body that is read whole before its route is asked must be there in this time, or who sends it byte by byte holds it, and
 * its connection, as long as he likes. The server can't have such a limit, since uploads may take as long as they do.
 */
export function limitBodyTime(
  app: FastifyInstance,
  { bodyMayTakeMs = BODY_MAY_TAKE_MS }: { readonly bodyMayTakeMs?: number },
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers, raw, routeOptions } = request;
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && routeOptions.bodyLimit !== ANY_LENGTH) {
      const timer = setTimeout(() => {
        // Fastify waits for the error of a body that it reads, and answers with it; nobody else listens for one.
        if (raw.listenerCount('error') > 0) raw.emit('error', errors.requestTimeout());
        else raw.destroy();
      }, bodyMayTakeMs);
      const stop = () => clearTimeout(timer);
      raw.once('end', stop).once('close', stop);
    }
    done();
  });
}
