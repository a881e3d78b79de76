import { initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-openapi';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { toAppError, toErrorBody } from '../edge/to-app-error.ts';
import type { Context } from './context.ts';

const t = initTRPC
  .context<Context>()
  .meta<OpenApiMeta>()
  .create({
    // Never a stack trace in an answer, whatever NODE_ENV says.
    isDev: false,
    errorFormatter({ shape, error }) {
      const appError = toAppError(error);
      return {
        message: appError.message,
        code: shape.code,
        data: {
          code: shape.data.code,
          httpStatus: ERROR_STATUS[appError.code].status,
          ...(shape.data.path === undefined ? {} : { path: shape.data.path }),
          // The same body that a REST client gets.
          body: toErrorBody(appError),
          retryAfterSeconds: appError.retryAfterSeconds,
        },
      };
    },
  });

export const router = t.router;

/** Gives expected failures the tRPC code of their own code, so that batches carry the right status. */
const translateErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || result.error.code !== 'INTERNAL_SERVER_ERROR') return result;
  const appError = toAppError(result.error);
  throw new TRPCError({ code: ERROR_STATUS[appError.code].trpc, message: appError.message, cause: appError });
});

/** For everyone. */
const publicProcedure = t.procedure.use(translateErrors);

/** For everyone, but only so often: log-in and the like. */
export const limitedProcedure = publicProcedure.use(async ({ ctx, next }) => {
  await ctx.attempts.count(ctx.clientAddress);
  return next();
});

/** For whoever is logged in; adds `userId` and `sessionId`. */
export const userProcedure = publicProcedure.use(async ({ ctx, next }) =>
  next({ ctx: { principal: await ctx.principal() } }),
);
