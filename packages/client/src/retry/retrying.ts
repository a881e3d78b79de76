import { InstashareError } from '../errors/instashare-error.ts';
import { isTransient, toInstashareError } from '../errors/to-instashare-error.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { createStallGuard } from './stall-guard.ts';

export interface RetryingOptions {
  readonly policy: RetryPolicy;
  readonly signal?: AbortSignal | undefined;
}

/** Runs `attempt` again while it fails with something that passes; errors come as InstashareErrors. */
export async function retrying<T>(attempt: () => Promise<T>, options: RetryingOptions): Promise<T> {
  const guard = createStallGuard(options);
  let mayHaveArrived = false;
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (cause) {
      const last = toInstashareError(cause);
      const error = mayHaveArrived ? asSent(last) : last;
      if (!(last instanceof InstashareError) || !last.isUnsent) mayHaveArrived = true;
      if (!(error instanceof Error) || !isTransient(error)) throw error;
      await guard.waitAfter(error);
    }
  }
}

/** Of a call that failed at its last try only for want of a connection. */
function asSent(error: unknown): unknown {
  if (!(error instanceof InstashareError) || !error.isUnsent) return error;
  return new InstashareError(error.code, error.message, { cause: error });
}
