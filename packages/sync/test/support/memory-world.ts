import type { FolderWatcher, SyncEnvironment, WatchListener } from '../../src/engine/environment.ts';
import { createFolderSync, type FolderSync, type FolderSyncOptions } from '../../src/engine/folder-sync.ts';
import type { SyncEvent } from '../../src/engine/sync-event.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createMemoryFiles, type MemoryFiles } from './memory-files.ts';
import { createMemoryRemote, type MemoryRemote } from './memory-remote.ts';
import { createMemoryState } from './memory-state.ts';

/** A folder, a server and time, all in memory; engines come and go in it. */
export interface World {
  readonly clock: FakeClock;
  readonly files: MemoryFiles;
  readonly remote: MemoryRemote;
  readonly env: SyncEnvironment;
  readonly events: SyncEvent[];
  /** The system noticed something at these paths. */
  hint(...paths: string[]): void;
  loseWatch(error: Error): void;
  /** How often the folder was begun to be watched, and how many such watches there are. */
  watches(): { readonly begun: number; readonly open: number };
  /** Watching takes this long to begin. */
  watchTakes(ms: number): void;
  /** Watching fails from now on. */
  refuseWatch(error: Error | null): void;
  /** An engine, not yet started. */
  engine(options?: Partial<FolderSyncOptions>): FolderSync;
  /** An engine that uploads once, run to its end. */
  uploadOnce(): Promise<void>;
  /** The same, with options. */
  run(options: Partial<FolderSyncOptions>): Promise<void>;
  /** Ends an engine; time passes meanwhile. */
  stop(sync: FolderSync): Promise<void>;
  /** The same world, with nothing known of what was done. */
  forgetState(): World;
  /** What of an event type there was, without the type. */
  eventsOf<Type extends SyncEvent['type']>(type: Type): Extract<SyncEvent, { type: Type }>[];
}

interface Parts {
  readonly clock: FakeClock;
  readonly files: MemoryFiles;
  readonly remote: MemoryRemote;
}

export function createWorld(parts?: Parts): World {
  const clock = parts?.clock ?? createFakeClock();
  const files = parts?.files ?? createMemoryFiles(clock);
  const remote = parts?.remote ?? createMemoryRemote(clock);
  const events: SyncEvent[] = [];
  const listeners = new Set<WatchListener>();
  let begun = 0;
  let watchTakesMs = 0;
  let watchError: Error | null = null;
  const watcher: FolderWatcher = {
    async watch(listener) {
      if (watchError !== null) throw watchError;
      if (watchTakesMs > 0) await passed(clock, watchTakesMs);
      listeners.add(listener);
      begun += 1;
      return {
        [Symbol.asyncDispose]: () => {
          listeners.delete(listener);
          return Promise.resolve();
        },
      };
    },
  };
  const env: SyncEnvironment = {
    clock,
    files,
    remote,
    watcher,
    state: createMemoryState(),
    random: () => 0.5,
  };
  const engine = (options: Partial<FolderSyncOptions> = {}) =>
    createFolderSync(env, { mode: 'watch', onEvent: (event) => events.push(event), ...options });
  return {
    clock,
    files,
    remote,
    env,
    events,
    engine,
    hint(...paths) {
      for (const listener of listeners) listener.onHint(paths);
    },
    loseWatch(error) {
      for (const listener of listeners) listener.onLost(error);
    },
    watches: () => ({ begun, open: listeners.size }),
    watchTakes: (ms) => (watchTakesMs = ms),
    refuseWatch(error) {
      watchError = error;
    },
    async stop(sync) {
      const stopped = sync[Symbol.asyncDispose]();
      await clock.advance(10_000);
      await stopped;
    },
    forgetState: () => createWorld({ clock, files, remote }),
    uploadOnce: () => run({}),
    run,
    eventsOf: (type) =>
      events.filter((event): event is Extract<SyncEvent, { type: typeof type }> => event.type === type),
  };

  async function run(options: Partial<FolderSyncOptions>): Promise<void> {
    await using sync = engine({ mode: 'once', ...options });
    const ran = Promise.all([sync.start(), sync.finished]);
    let isOver = false;
    const over = () => (isOver = true);
    ran.then(over, over);
    await clock.until(() => isOver);
    await ran;
  }
}

/** Runs an engine that watches, until it has caught up, then `act`, then lets `forMs` pass. */
export async function whileWatching(
  world: World,
  act: (sync: FolderSync) => void | Promise<void>,
  forMs = 2_000,
): Promise<void> {
  await using sync = world.engine();
  const started = sync.start();
  await world.clock.until(() => world.eventsOf('up_to_date').length > 0);
  await started;
  await act(sync);
  await world.clock.advance(forMs);
}

function passed(clock: FakeClock, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}

/** A world whose folder has these files, which are on the server already. */
export async function createStoredWorld(contents: Readonly<Record<string, string>>): Promise<World> {
  const world = createWorld();
  for (const [path, content] of Object.entries(contents)) world.files.write(path, content);
  await world.clock.advance(5_000);
  await world.uploadOnce();
  return world;
}

/** So many files of different content. */
export function manyFiles(count: number, folder = 'many'): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${folder}/f${index}`, `${folder} ${index}`]),
  );
}
