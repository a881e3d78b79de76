import type { ErrorCode } from '@instashare/contracts';
import { getTRPCErrorFromUnknown, initTRPC, TRPCError } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-openapi';
import { type Access, type GuardedAccess, requireAccess, requireSession } from '../auth/access.ts';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { toAppError, toErrorBody } from '../edge/to-app-error.ts';
import type { Context } from './context.ts';

/** What is declared of a procedure: its REST route, and who may ask (set by the builders below). */
type ProcedureMeta = OpenApiMeta & {
  readonly access?: Access;
  /** What it refuses beside what all do; it stands in the OpenAPI document. */
  readonly errors?: readonly ErrorCode[];
  /** Whether it heeds `Idempotency-Key`: see `services/answer-once.ts`. */
  readonly isIdempotent?: true;
};

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Never a stack trace in an answer, whatever NODE_ENV says.
    isDev: false,
    // The stream shows by itself that it lives, at least every 30 seconds.
    sse: { ping: { enabled: false }, client: { reconnectAfterInactivityMs: 75_000 } },
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
async function translated<Result extends { readonly ok: boolean; readonly error?: TRPCError }>(
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await run();
    if (result.error === undefined) return result;
    throw result.error;
  } catch (error) {
    // What the guard itself throws has not been tRPC's yet. A code that was chosen on purpose stays.
    const failure = getTRPCErrorFromUnknown(error);
    throw failure.code === 'INTERNAL_SERVER_ERROR' ? toTrpcError(failure) : failure;
  }
}

export function toTrpcError(error: unknown): TRPCError {
  const appError = toAppError(error);
  return new TRPCError({
    code: ERROR_STATUS[appError.code].trpc,
    message: appError.message,
    cause: appError,
  });
}

/** For everyone. */
export const publicProcedure = t.procedure.meta({ access: 'public' }).use(({ next }) => translated(next));

/** For whom `access` says; adds the `principal`. There is no procedure that does not say who may ask. */
function guardedProcedure(access: GuardedAccess) {
  return t.procedure.meta({ access }).use(({ ctx, next }) =>
    translated(async () => {
      const principal = await ctx.principal();
      requireAccess(principal, access);
      return next({ ctx: { principal } });
    }),
  );
}

/**
 * The same, for what tells and books nothing before it knows that the claim stands: by `confirm`, or in the statement that
 * reads or books. What it refuses is told when that is known, too. Adds the `claim`.
 */
function claimedProcedure(access: GuardedAccess) {
  return t.procedure.meta({ access }).use(({ ctx, next }) =>
    translated(async () => {
      const claim = await ctx.claimed();
      requireAccess(claim.principal, access);
      const result = await next({ ctx: { claim } });
      if (!result.ok) await claim.confirm();
      return result;
    }),
  );
}

/** For whoever proves who they are, by a log-in or a token of any scope. */
export const userProcedure = guardedProcedure('user');
/** For a log-in, or a token with the scope `read`. */
export const readProcedure = guardedProcedure('read');
/** The same, for what sees for itself that the claim stands. */
export const readClaimedProcedure = claimedProcedure('read');
/** For a log-in, or a token with the scope `write`. */
export const writeProcedure = guardedProcedure('write');
/** The same, for what sees for itself that the claim stands. */
export const writeClaimedProcedure = claimedProcedure('write');
/** For a log-in, or a token with the scope `share`. */
export const shareProcedure = guardedProcedure('share');
/** For a log-in only. */
export const sessionProcedure = t.procedure
  .meta({ access: 'session' })
  .use(({ ctx, next }) =>
    translated(async () => next({ ctx: { principal: requireSession(await ctx.principal()) } })),
  );
