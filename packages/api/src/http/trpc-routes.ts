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
  await app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions });
};
