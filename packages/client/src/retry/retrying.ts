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
  // For all that is known: a try got no answer.
  let hadEffect = false;
  for (;;) {
    options.signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (cause) {
      options.signal?.throwIfAborted();
      const last = toInstashareError(cause);
      const error = hadEffect ? afterEffect(last) : last;
      if (!(last instanceof InstashareError) || !last.hadNoEffect) hadEffect = true;
      if (!(error instanceof Error) || !isTransient(error)) throw error;
      await guard.waitAfter(error);
    }
  }
}

/** What the last try came to says nothing of an earlier one, which may have done what was asked. */
function afterEffect(error: unknown): unknown {
  if (!(error instanceof InstashareError) || !error.hadNoEffect) return error;
  const { code, message, issues, status, retryAfterMs, suggestedPath } = error;
  const details = { issues, status, retryAfterMs, suggestedPath };
  return new InstashareError(code, message, { ...details, hadNoEffect: false, cause: error });
}
