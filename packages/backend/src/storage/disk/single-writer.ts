import type { WriterLocks } from '../writer-locks.ts';

interface Writer {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** What somebody who works on a key is told. */
export interface Turn {
  /** Aborts when somebody else wants to work on it. */
  readonly signal: AbortSignal;
  /** False when another process may have worked on it meanwhile. */
  isCertain(): boolean;
}

export interface SingleWriter extends AsyncDisposable {
  /** Ends whoever works on `key`, in this process or another, waits until they have, and then runs `work`. */
  takeOver<T>(key: string, work: (turn: Turn) => Promise<T>): Promise<T>;
  /** Runs `work`, or `ifBusy` when somebody works on `key` now, whom it does not disturb. */
  unlessBusy<T>(
    key: string,
    options: { readonly work: () => Promise<T>; readonly ifBusy: () => Promise<T> },
  ): Promise<T>;
}

/**
 * One writer at a time for each key, the newest wins: a client whose connection broke comes back before we
 * have noticed, and must not wait for a dead socket's timeout.
 */
export function createSingleWriter(locks: WriterLocks): SingleWriter {
  const writers = new Map<string, Writer>();

  const enter = <T>(key: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    const result = run(controller.signal);
    const release = () => {
      writers.delete(key);
    };
    writers.set(key, { controller, done: result.then(release, release) });
    return result;
  };

  return {
    async takeOver(key, work) {
      for (let before = writers.get(key); before !== undefined; before = writers.get(key)) {
        before.controller.abort(new Error('Another request took over'));
        await before.done;
      }
      return enter(key, async (signal) => {
        using lock = await locks.take(key, signal);
        const turn = { signal: AbortSignal.any([signal, lock.ended]), isCertain: () => lock.isCertain() };
        return await work(turn);
      });
    },

    async unlessBusy(key, { work, ifBusy }) {
      if (writers.has(key)) return ifBusy();
      return enter(key, async () => {
        using lock = await locks.tryTake(key);
        return await (lock === null ? ifBusy() : work());
      });
    },

    async [Symbol.asyncDispose]() {
      const open = [...writers.values()];
      for (const { controller } of open) controller.abort(new Error('The store closes'));
      await Promise.all(open.map(({ done }) => done));
    },
  };
}
