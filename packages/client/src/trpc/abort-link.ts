import { TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import { abortReason } from '../retry/sleep.ts';
import type { AppRouter } from './app-router.ts';

/**
 * Ends a call at once, and with the signal's reason, when its signal is aborted. tRPC itself waits for the token, and for
 * the other calls that share the request.
 */
export const abortLink: TRPCLink<AppRouter> = () => {
  return ({ next, op }) => {
    const { signal } = op;
    if (signal === null || signal === undefined) return next(op);
    return observable((observer) => {
      const onAbort = () => observer.error(TRPCClientError.from(abortReason(signal)));
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      const subscription = next(op).subscribe(observer);
      return () => {
        signal.removeEventListener('abort', onAbort);
        subscription.unsubscribe();
      };
    });
  };
};
