import type { Discovery } from './discovery.ts';
import type { SyncEnvironment } from './environment.ts';

/** The server verifies what it has acknowledged within seconds, and then no more. */
const INTERVAL_MS = 60_000;
/** A scan does not wait for long for a server that does not answer: the next one asks again. */
const ANSWER_WITHIN_MS = 5_000;
/** What fails this often does not fail on the way: somebody has to look into it. */
const MOST_TIMES = 3;

type Used = Pick<SyncEnvironment, 'clock' | 'remote' | 'state'>;

/** Discovery that, before it scans, forgets what the server does not have after all. */
export function forgettingFailed(env: Used, discovery: Discovery): Discovery {
  const forgetFailed = createForgetFailed(env);
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
function createForgetFailed({ clock, remote, state }: Used): () => Promise<void> {
  const timesSent = new Map<string, number>();
  let nextAtMs = Number.NEGATIVE_INFINITY;

  const findFailed = async (): ReturnType<typeof remote.findFailed> => {
    const { promise: late, resolve } = Promise.withResolvers<readonly never[]>();
    const cancel = clock.after(ANSWER_WITHIN_MS, () => resolve([]));
    try {
      return await Promise.race([remote.findFailed(), late]);
    } catch {
      return [];
    } finally {
      cancel();
    }
  };

  return async () => {
    const { monotonicMs } = clock.now();
    // Nothing that could have been found damaged: a folder that is new need not wait for the answer.
    if (monotonicMs < nextAtMs || state.totals().files === 0) return;
    nextAtMs = monotonicMs + INTERVAL_MS;
    for (const { path, sha256 } of await findFailed()) {
      // Another device's, or of another folder; or this one has something newer already.
      if (state.known(path)?.sha256 !== sha256) continue;
      const times = timesSent.get(path) ?? 0;
      if (times >= MOST_TIMES) continue;
      timesSent.set(path, times + 1);
      state.forgetKnown(path);
    }
  };
}
