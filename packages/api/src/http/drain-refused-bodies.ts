import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Read of a refused body and dropped, at most. */
const MOST_DRAINED_BYTES = 64 * 1024 * 1024;
const LONGEST_DRAIN_MS = 10_000;

/**
 * A connection that is closed while its client still sends is reset, and the client loses the very answer that
 * says why. So the rest of a refused body is read and dropped, within bounds, and the connection lives on.
 */
export function drainRefusedBodies(app: FastifyInstance): void {
  // Not by a promise: see `closePromptly`.
  // oxlint-disable-next-line max-params -- Fastify tells hooks with a callback by their four
  app.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode >= 400 && !request.raw.complete && !request.raw.destroyed) {
      void reply.removeHeader('connection');
      drain(request.raw);
    }
    done(null, payload);
  });
}

function drain(body: FastifyRequest['raw']): void {
  let drainedBytes = 0;
  const timer = setTimeout(() => body.destroy(), LONGEST_DRAIN_MS);
  body.once('close', () => clearTimeout(timer));
  body.on('error', () => {});
  body.on('data', (chunk: Buffer) => {
    drainedBytes += chunk.length;
    if (drainedBytes > MOST_DRAINED_BYTES) body.destroy();
  });
  body.resume();
}
