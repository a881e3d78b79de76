import type { Usage } from '@instashare/contracts';

/** What the account holds, looked at about once a second, or less often, while the server has something to compress. */
export interface UsagePoll extends Disposable {
  /** Something was stored: there may be something to compress. Nobody looks while one file follows the other. */
  touch(): void;
}

const INTERVAL_MS = 1_000;
const LONGEST_INTERVAL_MS = 30_000;
/** The server sums up all that there is, and takes the time for it from the files that are on their way. */
const INTERVAL_DURING_UPLOADS_MS = 5_000;
/** What is only for show must not take the server's time from the uploads: a server under load is asked less often. */
const MOST_SHARE = 0.05;

export interface UsagePollOptions {
  readonly ask: () => Promise<Usage>;
  readonly signal: AbortSignal;
  readonly onUsage: (usage: Usage) => void;
}

export function createUsagePoll({ ask, signal, onUsage }: UsagePollOptions): UsagePoll {
  let timer: NodeJS.Timeout | null = null;
  let intervalMs = INTERVAL_MS;
  let plannedAtMs = 0;
  let storedAtMs = Number.NEGATIVE_INFINITY;
  let isDisposed = false;

  async function poll(): Promise<void> {
    timer = null;
    const startedAtMs = performance.now();
    try {
      const usage = await ask();
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
    if (isDisposed || signal.aborted || timer !== null) return;
    plannedAtMs = performance.now();
    wait(intervalMs);
  }

  function wait(ms: number): void {
    timer = setTimeout(() => {
      const nowMs = performance.now();
      const calmAtMs = Math.min(storedAtMs + INTERVAL_MS, plannedAtMs + INTERVAL_DURING_UPLOADS_MS);
      if (calmAtMs > nowMs) wait(calmAtMs - nowMs);
      else void poll();
    }, ms);
  }

  return {
    touch() {
      storedAtMs = performance.now();
      plan();
    },
    [Symbol.dispose]() {
      isDisposed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
