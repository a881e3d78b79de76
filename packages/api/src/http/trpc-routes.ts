import type { FastifyPluginAsync } from 'fastify';
import { toAppError } from '../edge/to-app-error.ts';
import type { Context } from '../trpc/context.ts';
import type { ContextOptions } from './context-options.ts';
import { leaveToProcedures } from './guard-routes.ts';
import { logUnexpected } from './reply-error.ts';
import { createTrpcHandler } from './trpc-handler.ts';

/** The procedures over tRPC, at /trpc. */
export const trpcRoutes: FastifyPluginAsync<{
  readonly createContext: (options: ContextOptions) => Context;
}> = async (app, { createContext }) => {
  leaveToProcedures(app);
  // Of JSON the text: tRPC reads it itself, and says what is wrong with it.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    url: '/trpc/:path',
    // No call is a HEAD, and tRPC would answer 204 to each, whatever it names.
    exposeHeadRoute: false,
    handler: createTrpcHandler({
      createContext,
      onError: ({ error, ctx }) => logUnexpected(ctx?.log ?? app.log, toAppError(error)),
    }),
  });
};
