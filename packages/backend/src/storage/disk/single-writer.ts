interface Writer {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export interface SingleWriter extends AsyncDisposable {
  /** Whether somebody works on `key` now. */
  isBusy(key: string): boolean;
  /** Ends whoever works on `key`, waits until they have, and then runs `work`. */
  takeOver<T>(key: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/**
 * One writer at a time for each key, the newest wins: a client whose connection broke comes back before we
 * have noticed, and must not wait for a dead socket's timeout.
 */
export function createSingleWriter(): SingleWriter {
  const writers = new Map<string, Writer>();

  return {
    isBusy: (key) => writers.has(key),

    async takeOver(key, work) {
      for (let before = writers.get(key); before !== undefined; before = writers.get(key)) {
        before.controller.abort(new Error('Another request took over'));
        await before.done;
      }
      const controller = new AbortController();
      const result = work(controller.signal);
      const release = () => {
        writers.delete(key);
      };
      writers.set(key, { controller, done: result.then(release, release) });
      return result;
    },

    async [Symbol.asyncDispose]() {
      const open = [...writers.values()];
      for (const { controller } of open) controller.abort(new Error('The store closes'));
      await Promise.all(open.map(({ done }) => done));
    },
  };
}
