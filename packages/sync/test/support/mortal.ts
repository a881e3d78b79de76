import type { UploadRequest } from '@instashare/client';
import type { SyncEnvironment } from '../../src/engine/environment.ts';

/** An environment for one process, which may be killed: from then on nothing that it waits for ever comes. */
export interface Mortal {
  readonly env: SyncEnvironment;
  kill(): void;
}

export function makeMortal(env: SyncEnvironment): Mortal {
  let isAlive = true;

  /** Passes on what comes while the process lives. */
  const whileAlive = async <Value>(coming: Promise<Value>): Promise<Value> => {
    const value = await coming.catch(async (error: unknown) => {
      await throughDeath();
      throw error;
    });
    await throughDeath();
    return value;
  };
  /** Never comes back to a dead process. */
  const throughDeath = (): Promise<void> =>
    isAlive ? Promise.resolve() : Promise.withResolvers<void>().promise;

  async function* listed(entries: AsyncIterable<unknown>) {
    for await (const batch of entries) {
      await throughDeath();
      yield batch;
    }
  }

  /** The same object, whose methods answer only a process that lives. */
  function mortal<Target extends object>(target: Target): Target {
    return new Proxy(target, {
      get(of, name) {
        const method: unknown = Reflect.get(of, name, of);
        if (typeof method !== 'function') return method;
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(method, of, args);
          if (result instanceof Promise) return whileAlive(result.then(wrapped));
          return isIterable(result) ? listed(result) : result;
        };
      },
    });
  }
  /** What is opened dies with who has opened it. */
  const wrapped = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && Symbol.asyncDispose in value ? mortal(value) : value;

  /** What a sender is asked by the way dies with it. */
  const asked = (options: UploadRequest): UploadRequest => ({
    ...options,
    onSession: async (id) => {
      await throughDeath();
      await options.onSession?.(id);
    },
    beforeComplete: async (sha256) => {
      await throughDeath();
      await options.beforeComplete?.(sha256);
    },
    onProgress: (sentBytes) => (isAlive ? options.onProgress?.(sentBytes) : undefined),
  });

  return {
    env: {
      ...env,
      files: mortal(env.files),
      remote: mortal({ ...env.remote, upload: (options) => env.remote.upload(asked(options)) }),
      watcher: {
        watch: ({ onHint, onLost }) =>
          whileAlive(
            env.watcher.watch({
              onHint: (paths) => (isAlive ? onHint(paths) : undefined),
              onLost: (error) => (isAlive ? onLost(error) : undefined),
            }),
          ),
      },
      clock: {
        now: () => env.clock.now(),
        after: (ms, callback) => env.clock.after(ms, () => (isAlive ? callback() : undefined)),
      },
    },
    kill() {
      isAlive = false;
    },
  };
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
