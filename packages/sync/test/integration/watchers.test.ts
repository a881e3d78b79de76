import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createInotifyWatcher, type InotifyOptions } from '../../src/adapters/inotify-watcher.ts';
import { createNodeFileSystem } from '../../src/adapters/node-file-system.ts';
import { createParcelWatcher } from '../../src/adapters/parcel-watcher.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import type { FolderWatcher, SyncEnvironment } from '../../src/engine/environment.ts';
import { createFolderSync } from '../../src/engine/folder-sync.ts';
import type { SyncEvent } from '../../src/engine/sync-event.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createMemoryRemote } from '../support/memory-remote.ts';
import { createMemoryState } from '../support/memory-state.ts';

vi.setConfig({ testTimeout: 40_000 });

type Watched = Pick<SyncEnvironment, 'files' | 'watcher'>;

const byParcel = (path: string): Watched => ({
  files: createNodeFileSystem(path),
  watcher: createParcelWatcher(path),
});

const byInotify =
  (options: InotifyOptions = {}) =>
  (path: string): Watched => {
    const watcher = createInotifyWatcher(path, options);
    return { files: createNodeFileSystem(path, { onListing: watcher.follow }), watcher };
  };

/** A real folder, really watched; the server is in memory. */
async function watchFolder(make: (path: string) => Watched, before: Readonly<Record<string, string>> = {}) {
  await using made = new AsyncDisposableStack();
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'instashare-watch-')));
  made.defer(() => rm(outer, { recursive: true, force: true }));
  const path = join(outer, 'watched');
  await mkdir(path);
  const write = async (name: string, content: string) => {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  };
  for (const [name, content] of Object.entries(before)) await write(name, content);
  const remote = createMemoryRemote(createFakeClock());
  const { files, watcher } = make(path);
  const hints: string[] = [];
  const listening: FolderWatcher = {
    watch: (listener) =>
      watcher.watch({
        ...listener,
        onHint(paths) {
          hints.push(...paths);
          listener.onHint(paths);
        },
      }),
  };
  const env = {
    files,
    watcher: listening,
    remote,
    state: createMemoryState(),
    clock: createSystemClock(),
    random: () => 0.5,
  };
  const events: SyncEvent[] = [];
  const sync = made.use(createFolderSync(env, { mode: 'watch', onEvent: (event) => events.push(event) }));
  await sync.start();
  const all = made.move();
  return {
    outer,
    path,
    hints,
    write,
    current: () => remote.current(),
    scans: () => events.filter(({ type }) => type === 'scanned').length,
    noticedBy: () => events.flatMap((event) => (event.type === 'watching' ? [event.by] : [])),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const WITHIN = { timeout: 15_000, interval: 50 };

/** How many folders this process has the system watch. */
function systemWatches(): number {
  const infos = readdirSync('/proc/self/fdinfo').flatMap((name) => {
    try {
      return [readFileSync(`/proc/self/fdinfo/${name}`, 'utf8')];
    } catch {
      // The one that listed them has been closed.
      return [];
    }
  });
  return infos.join('\n').match(/^inotify wd:/gm)?.length ?? 0;
}

test.for([
  { name: 'parcel', make: byParcel },
  { name: 'inotify', make: byInotify() },
])('$name: a folder that is moved away and made again is watched again', async ({ make }) => {
  await using folder = await watchFolder(make);
  await rename(folder.path, join(folder.outer, 'moved'));
  await mkdir(folder.path);
  await folder.write('first', '1');
  await expect.poll(folder.current, WITHIN).toEqual({ first: '1' });
  await folder.write('second', '2');
  await expect.poll(folder.current, WITHIN).toEqual({ first: '1', second: '2' });
});

test('C10: what is written later into folders that were made all at once is seen, without another scan', async () => {
  await using folder = await watchFolder(byInotify());
  const names = Array.from({ length: 10 }, (_, index) => `t${index}/b/c/d/late`);
  for (const name of names) await mkdir(dirname(join(folder.path, name)), { recursive: true });
  await expect.poll(systemWatches, WITHIN).toBe(1 + 40);
  for (const name of names) await folder.write(name, name);
  await expect.poll(folder.current, WITHIN).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  expect(folder.scans()).toBe(1);
});

test('a renamed folder is watched under its new name only', async () => {
  await using folder = await watchFolder(byInotify(), { 'old/deep/a': 'A' });
  await rename(join(folder.path, 'old'), join(folder.path, 'new'));
  await expect.poll(folder.current, WITHIN).toEqual({ 'new/deep/a': 'A' });
  folder.hints.length = 0;
  await folder.write('new/deep/b', 'B');
  await expect.poll(folder.current, WITHIN).toEqual({ 'new/deep/a': 'A', 'new/deep/b': 'B' });
  expect([...new Set(folder.hints)]).toEqual(['new/deep/b']);
  expect(systemWatches()).toBe(3);
});

test('a folder that is deleted and made again at once is watched', async () => {
  await using folder = await watchFolder(byInotify(), { 'sub/deep/a': 'A', other: 'O' });
  await rm(join(folder.path, 'sub'), { recursive: true });
  await folder.write('sub/deep/b', 'B');
  await expect.poll(() => folder.current()['sub/deep/b'], WITHIN).toBe('B');
  await folder.write('sub/deep/c', 'C');
  await expect.poll(() => folder.current()['sub/deep/c'], WITHIN).toBe('C');
  expect(folder.scans()).toBe(1);
});

test('what is left out is not watched, and nothing when it is over', async () => {
  const before = { '.instashareignore': 'left/\n', 'left/out/a': 'A', 'kept/b': 'B' };
  {
    await using folder = await watchFolder(byInotify(), before);
    await expect.poll(() => folder.current()['kept/b'], WITHIN).toBe('B');
    expect(systemWatches()).toBe(2);
  }
  await expect.poll(systemWatches, WITHIN).toBe(0);
});

test('C9: that it watches is told when all folders are watched, so not where there are too many', async () => {
  const tooMany = (path: string): Watched => {
    const watcher = createInotifyWatcher(path);
    let lose = (_error: Error) => {};
    return {
      files: createNodeFileSystem(path, {
        onListing(folder, stat) {
          watcher.follow(folder, stat);
          if (folder.endsWith('one too many')) lose(new Error('too many folders'));
        },
      }),
      watcher: {
        watch(listener) {
          lose = listener.onLost;
          return watcher.watch(listener);
        },
      },
    };
  };
  await using folder = await watchFolder(tooMany, { 'one too many/a': 'A' });
  expect(folder.noticedBy()).toEqual(['polling']);
  await folder.write('b', 'B');
  await expect.poll(folder.current, WITHIN).toEqual({ 'one too many/a': 'A', b: 'B' });
  expect(folder.noticedBy()).toEqual(['polling']);
});

test('where more happens at once than the system keeps, all is looked at again', async () => {
  await using folder = await watchFolder(byInotify({ mostEvents: 50 }));
  const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
  // In one turn, as for a program that is busy.
  for (const name of names) writeFileSync(join(folder.path, name), name);
  await expect.poll(() => Object.keys(folder.current()).length, WITHIN).toBe(200);
  await expect.poll(folder.noticedBy, WITHIN).toEqual(['events', 'polling', 'events']);
});
