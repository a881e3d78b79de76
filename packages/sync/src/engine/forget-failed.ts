import type { Discovery } from './discovery.ts';
import type { FailedFile, SyncEnvironment } from './environment.ts';

/** The server verifies what it has acknowledged within seconds, and then no more. */
const INTERVAL_MS = 60_000;
/** A scan does not wait for long for a server that does not answer: the next one asks again. */
const ANSWER_WITHIN_MS = 5_000;
/** What fails this often does not fail on the way: somebody has to look into it. */
const MOST_TIMES = 3;

type Used = Pick<SyncEnvironment, 'clock' | 'remote' | 'state'>;

/** Discovery that, before it scans, forgets what the server does not have after all of its folder `prefix`. */
export function forgettingFailed(env: Used, prefix: string, discovery: Discovery): Discovery {
  const forgetFailed = createForgetFailed(env, prefix);
  return {
    ...discovery,
    async scan() {
      await forgetFailed();
      await discovery.scan();
    },
  };
}

/**
 * Asks the server which files it found damaged after it had acknowledged them, and forgets that it has them: the
 * scan that follows finds them as new and sends them again. Never rejects.
 */
function createForgetFailed({ clock, remote, state }: Used, prefix: string): () => Promise<void> {
  const timesSent = new Map<string, number>();
  let nextAtMs = Number.NEGATIVE_INFINITY;

  const forget = ({ path, sha256 }: FailedFile): void => {
    // Another device's; or this one has something newer already.
    if (state.known(path)?.sha256 !== sha256) return;
    const times = timesSent.get(path) ?? 0;
    if (times >= MOST_TIMES) return;
    timesSent.set(path, times + 1);
    state.forgetKnown(path);
  };

  return async () => {
    const { monotonicMs } = clock.now();
    // Nothing that could have been found damaged: a folder that is new need not wait for the answer.
    if (monotonicMs < nextAtMs || state.totals().files === 0) return;
    nextAtMs = monotonicMs + INTERVAL_MS;
    const late = new AbortController();
    const cancel = clock.after(ANSWER_WITHIN_MS, () => late.abort());
    try {
      for await (const failed of remote.findFailed(prefix, late.signal)) forget(failed);
    } catch {
      // What was told of until then is sent again, and so the next answer is shorter.
    } finally {
      cancel();
    }
  };
}
