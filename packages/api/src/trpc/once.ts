import type { Principal } from '../auth/principal.ts';
import { answerOnce, type KeepAnswer } from '../services/answer-once.ts';
import type { Context } from './context.ts';

/** Does what a procedure that creates something is asked for: once for each `Idempotency-Key`. */
export function once<T extends object>(
  ctx: Omit<Context, 'principal'> & { readonly principal: Principal },
  request: { readonly operation: string; readonly input: object },
  work: (keep: KeepAnswer | undefined) => Promise<T>,
): Promise<T> {
  const said = [request.input, ctx.expected ?? null];
  const { operation } = request;
  return answerOnce(
    ctx.deps,
    { userId: ctx.principal.userId, key: ctx.idempotencyKey, operation, said },
    work,
  );
}
