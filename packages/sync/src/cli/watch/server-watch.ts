/**
 * Whether the server answers, asked now and then: C19, "up to date" is only said when a request worked lately. A stream of
 * events can't tell that: a connection may be dead for a long time before anybody notices.
 */
export interface ServerWatch extends Disposable {
  /** Why it does not answer; null when it does, or nobody has asked yet. */
  readonly failure: string | null;
  /** When it answered last, by the wall clock; null: not yet. */
  readonly heardAtMs: number | null;
  /** How long it is until it is asked again. */
  readonly askInMs: number;
  /** It has just answered something else. */
  heard(): void;
  /** Asks it now, as after sleep: what was asked before may never be answered. */
  askNow(): void;
}

export interface ServerWatchOptions {
  /** Rejects when the server does not answer. */
  readonly ask: (signal: AbortSignal) => Promise<void>;
  /** It does not answer any more. */
  readonly onAway?: (failure: string) => void;
  /** It answers again. */
  readonly onBack: () => void;
  readonly everyMs: number;
  readonly everyMsWhileAway: number;
}

const ANSWER_WITHIN_MS = 10_000;

export function watchServer(options: ServerWatchOptions): ServerWatch {
  const { onAway, onBack, everyMs, everyMsWhileAway } = options;
  let asking = new AbortController();
  let failure: string | null = null;
  let heardAtMs: number | null = null;
  let dueAtMs = 0;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const { signal } = asking;
    const before = failure;
    const found = await askInTime(options.ask, signal);
    if (signal.aborted) return;
    failure = found;
    if (found === null) heardAtMs = Date.now();
    plan(found === null ? everyMs : everyMsWhileAway);
    if (before === null && found !== null) onAway?.(found);
    if (before !== null && found === null) onBack();
  }

  function plan(ms: number): void {
    dueAtMs = performance.now() + ms;
    timer = setTimeout(() => void look(), ms);
  }

  function stop(): void {
    asking.abort();
    clearTimeout(timer);
  }

  void look();
  return {
    get failure() {
      return failure;
    },
    get heardAtMs() {
      return heardAtMs;
    },
    get askInMs() {
      return Math.max(0, dueAtMs - performance.now());
    },
    heard() {
      heardAtMs = Date.now();
    },
    askNow() {
      stop();
      asking = new AbortController();
      void look();
    },
    [Symbol.dispose]: stop,
  };
}

/** What is wrong, in words; null when it answers. */
async function askInTime(ask: ServerWatchOptions['ask'], signal: AbortSignal): Promise<string | null> {
  const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    await ask(AbortSignal.any([signal, timeout]));
    return null;
  } catch (error) {
    if (timeout.aborted) return `The server did not answer within ${ANSWER_WITHIN_MS / 1_000} seconds`;
    return error instanceof Error ? error.message : String(error);
  }
}
