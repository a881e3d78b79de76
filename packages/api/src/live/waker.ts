/** Lets one wait for something that may come at any time. */
export interface Waker {
  wake(): void;
  /** Resolves when it is woken, or after `timeoutMs`, or when `signal` aborts. One at a time. */
  wait(timeoutMs: number, signal: AbortSignal): Promise<void>;
}

export function createWaker(): Waker {
  let wake: (() => void) | null = null;
  return {
    wake: () => wake?.(),
    wait: (timeoutMs, signal) =>
      new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = null;
          resolve();
        };
        const timer = setTimeout(done, Math.max(0, timeoutMs));
        signal.addEventListener('abort', done);
        wake = done;
      }),
  };
}
