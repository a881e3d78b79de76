import type { FastifyInstance } from 'fastify';

/**
 * Lets the server close as soon as it has answered: what would go on for ever ends, and connections that are kept
 * open between requests are kept no longer.
 */
export function closePromptly(app: FastifyInstance, endStreams: () => void): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
    endStreams();
  });
  // At once, not by a promise: the REST adapter does not wait for what it sends, and when hooks take too many turns
  // Fastify sees a handler that has ended without an answer, and sends another one.
  // oxlint-disable-next-line max-params -- Fastify tells hooks with a callback by their four
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isClosing) void reply.header('connection', 'close');
    done(null, payload);
  });
}
