/** What a process holds that writes to a session. Disposing gives it back. */
export interface WriterLock extends Disposable {
  /** Aborts when another process wants to write, or when this one can't be sure any more that it is alone. */
  readonly ended: AbortSignal;
  /** False when another process may have written meanwhile. */
  isCertain(): boolean;
}

/**
 * Keeps those apart who write to one session from several processes that share a store. The newest wins, as within
 * a process: who holds the lock is told to end, and what a killed process held is free at once.
 */
export interface WriterLocks {
  /** Rejects when who holds it does not end, when it can't be found out, or with the reason of `signal`. */
  take(key: string, signal: AbortSignal): Promise<WriterLock>;
  /** null when somebody holds it, who is left alone. */
  tryTake(key: string): Promise<WriterLock | null>;
}

const FREE: WriterLock = {
  ended: new AbortController().signal,
  isCertain: () => true,
  [Symbol.dispose]: () => {},
};

/** For a store that one process has to itself. */
export const ALONE: WriterLocks = {
  take: async () => FREE,
  tryTake: async () => FREE,
};
