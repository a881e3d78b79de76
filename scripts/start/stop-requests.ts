import { watchParent } from './parent.ts';
import type { Environment } from './settings.ts';

export interface StopRequests extends Disposable {
  /** Aborted when a person, the system or the end of our parent asks us to stop. The reason says who. */
  readonly requested: AbortSignal;
  /** Aborted when a person has no patience left. */
  readonly forced: AbortSignal;
}

const SIGNALS = { SIGINT: 'Ctrl-C', SIGTERM: 'SIGTERM', SIGHUP: 'the terminal was closed' } as const;

/** One Ctrl-C may reach us twice: from the terminal, and from npm, which passes it on. */
const SAME_REQUEST_MS = 1_000;

/** Listens for requests to stop, until it is disposed. */
export function listenForStop(environment: Environment): StopRequests {
  const requested = new AbortController();
  const forced = new AbortController();
  let firstAt = 0;

  function request(reason: string): void {
    if (requested.signal.aborted) return;
    firstAt = performance.now();
    requested.abort(new Error(reason));
  }

  const listeners = Object.entries(SIGNALS).map(([name, reason]) => {
    const listener = () => {
      request(reason);
      if (performance.now() - firstAt > SAME_REQUEST_MS) forced.abort(new Error(reason));
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  // The reader of our output may be gone, with its terminal: that must not keep us from stopping in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  // npm may be killed without a word to us; who runs this file directly may well end before it.
  const parent =
    environment['npm_lifecycle_event'] === undefined ? null : watchParent(() => request('npm is gone'));

  return {
    requested: requested.signal,
    forced: forced.signal,
    [Symbol.dispose]() {
      parent?.[Symbol.dispose]();
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}

/** What `work` resolves with; rejects with the signal's reason if that comes first. */
export async function orStop<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const stopped = Promise.withResolvers<never>();
  const listener = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', listener);
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', listener);
  }
}
