import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import type { FastifyPluginAsync } from 'fastify';
import { toAppError } from '../edge/to-app-error.ts';
import type { Context } from '../trpc/context.ts';
import { type AppRouter, appRouter } from '../trpc/router.ts';
import type { ContextOptions } from './context-options.ts';
import { leaveToProcedures } from './guard-routes.ts';
import { logUnexpected } from './reply-error.ts';

/** The procedures over tRPC, at /trpc. */
export const trpcRoutes: FastifyPluginAsync<{
  readonly createContext: (options: ContextOptions) => Context;
}> = async (app, { createContext }) => {
  leaveToProcedures(app);
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext,
    onError: ({ error, ctx }) => logUnexpected(ctx?.log ?? app.log, toAppError(error)),
  };
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!(payload instanceof Response) || isStream(payload)) return payload;
    void reply.code(payload.status).headers(Object.fromEntries(payload.headers));
    return payload.text();
  });
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
};

/** What is there as a whole is sent as one, with its length: a stream of one piece costs more than many a procedure. */
const isStream = ({ headers }: Response): boolean =>
  headers.has('transfer-encoding') || headers.get('content-type') !== 'application/json';
