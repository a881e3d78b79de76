import type { Log } from '@instashare/backend/log';

/** What happens within this time to the files of one account shares a delivery. */
const GATHER_MS = 250;
/** How often it looks for news of which no signal came. */
const INTERVAL_MS = 30_000;

export interface WebhookPlanner extends AsyncDisposable {
  /** These users have news; `everyone`: signals may have been lost. */
  tellNews(userIds: ReadonlySet<string> | 'everyone'): void;
}

/** Has `plan` look for what webhooks have not been told: soon after a signal, and now and then for all. */
export function createWebhookPlanner(options: {
  /** Of these users, or of all (null). */
  readonly plan: (userIds: readonly string[] | null) => Promise<void>;
  readonly log: Log;
}): WebhookPlanner {
  const { plan, log } = options;
  let gathered = new Set<string>();
  let isForAll = true;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let hasEnded = false;

  const run = async (): Promise<void> => {
    const userIds = isForAll ? null : [...gathered];
    gathered = new Set();
    isForAll = false;
    try {
      await plan(userIds);
    } catch (error) {
      log.warn({ err: error }, 'could not plan the deliveries of webhooks');
    }
    running = null;
    if (isForAll || gathered.size > 0) schedule();
  };

  const schedule = (): void => {
    if (timer !== undefined || running !== null || hasEnded) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = run();
    }, GATHER_MS);
  };

  const lookForAll = (): void => {
    isForAll = true;
    schedule();
  };

  const interval = setInterval(lookForAll, INTERVAL_MS);
  interval.unref();
  schedule();
  return {
    tellNews(userIds) {
      if (userIds === 'everyone') return lookForAll();
      for (const userId of userIds) gathered.add(userId);
      schedule();
    },
    async [Symbol.asyncDispose]() {
      hasEnded = true;
      clearInterval(interval);
      clearTimeout(timer);
      await running;
    },
  };
}
