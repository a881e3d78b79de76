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
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (cause) {
      const error = toInstashareError(cause);
      if (!(error instanceof Error) || !isTransient(error)) throw error;
      await guard.waitAfter(error);
    }
  }
}
