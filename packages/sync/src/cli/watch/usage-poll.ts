import type { InstashareClient } from '@instashare/client/node';
import type { Usage } from '@instashare/contracts';

/** What the account holds, looked at about once a second, or less often, while the server has something to compress. */
export interface UsagePoll extends Disposable {
  /** Something was stored: there may be something to compress. */
  touch(): void;
}

const INTERVAL_MS = 1_000;
const LONGEST_INTERVAL_MS = 30_000;
/** What is only for show must not take the server's time from the uploads: a server under load is asked less often. */
const MOST_SHARE = 0.05;

export interface UsagePollOptions {
  readonly client: InstashareClient;
  readonly signal: AbortSignal;
  readonly onUsage: (usage: Usage) => void;
}

export function createUsagePoll({ client, signal, onUsage }: UsagePollOptions): UsagePoll {
  let timer: NodeJS.Timeout | null = null;
  let intervalMs = INTERVAL_MS;
  let isDisposed = false;

  async function poll(): Promise<void> {
    timer = null;
    const startedAtMs = performance.now();
    try {
      const usage = await client.call((trpc) => trpc.usage.get.query(undefined, { signal }));
      const calmMs = (performance.now() - startedAtMs) / MOST_SHARE;
      intervalMs = Math.min(LONGEST_INTERVAL_MS, Math.max(INTERVAL_MS, calmMs));
      if (isDisposed) return;
      onUsage(usage);
      if (usage.byStatus.stored.files > 0) plan();
    } catch {
      // It is only for show: the next file that is stored asks again.
    }
  }

  function plan(): void {
    if (isDisposed || signal.aborted) return;
    timer ??= setTimeout(() => void poll(), intervalMs);
  }

  return {
    touch: plan,
    [Symbol.dispose]() {
      isDisposed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
