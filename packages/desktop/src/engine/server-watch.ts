import { messageOf } from '../shared/app-failure.ts';

/**
 * Whether the server answers, asked every few seconds: C19, "up to date" is only said when a request worked lately.
 * A stream of events can't tell that: a connection may be dead for a long time before anybody notices.
 */
export interface ServerWatch extends Disposable {
  /** Why it does not answer; null when it does. */
  readonly failure: string | null;
}

export interface ServerWatchOptions {
  /** Rejects when the server does not answer. */
  readonly ask: () => Promise<void>;
  /** It answers again. */
  readonly onBack: () => void;
  readonly everyMs?: number;
  readonly everyMsWhileAway?: number;
}

const EVERY_MS = 10_000;
const EVERY_MS_WHILE_AWAY = 3_000;

export function watchServer(options: ServerWatchOptions): ServerWatch {
  const { ask, onBack, everyMs = EVERY_MS, everyMsWhileAway = EVERY_MS_WHILE_AWAY } = options;
  let failure: string | null = null;
  let isDisposed = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const found = await ask().then(() => null, messageOf);
    if (isDisposed) return;
    const isBack = failure !== null && found === null;
    failure = found;
    plan();
    if (isBack) onBack();
  }

  function plan(): void {
    timer = setTimeout(() => void look(), failure === null ? everyMs : everyMsWhileAway);
  }

  plan();
  return {
    get failure() {
      return failure;
    },
    [Symbol.dispose]() {
      isDisposed = true;
      clearTimeout(timer);
    },
  };
}

const ANSWER_WITHIN_MS = 5_000;

/** Asks for the least that a server answers. */
export async function askServer(url: string): Promise<void> {
  let isOk: boolean;
  try {
    isOk = (await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })).ok;
  } catch (cause) {
    throw new Error(`Can't reach ${url}`, { cause });
  }
  if (!isOk) throw new Error(`${url} answers with an error`);
}
