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
  app.addHook('onSend', async (_request, reply, payload) => {
    if (isClosing) void reply.header('connection', 'close');
    return payload;
  });
}
