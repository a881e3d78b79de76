import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNodeFileSystem } from '../../src/adapters/node-file-system.ts';
import { createParcelWatcher } from '../../src/adapters/parcel-watcher.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import type { FolderWatcher } from '../../src/engine/environment.ts';
import { createFolderSync } from '../../src/engine/folder-sync.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createMemoryRemote } from '../support/memory-remote.ts';
import { createMemoryState } from '../support/memory-state.ts';

/** A real folder, really watched; the server is in memory. */
async function watchFolder() {
  await using made = new AsyncDisposableStack();
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'instashare-watch-')));
  made.defer(() => rm(outer, { recursive: true, force: true }));
  const path = join(outer, 'watched');
  await mkdir(path);
  const remote = createMemoryRemote(createFakeClock());
  const watcher = createParcelWatcher(path);
  let begun = 0;
  const countingWatcher: FolderWatcher = {
    async watch(listener) {
      const watch = await watcher.watch(listener);
      begun += 1;
      return watch;
    },
  };
  const env = {
    files: createNodeFileSystem(path),
    watcher: countingWatcher,
    remote,
    state: createMemoryState(),
    clock: createSystemClock(),
    random: () => 0.5,
  };
  const sync = made.use(createFolderSync(env, { mode: 'watch', onEvent: () => {} }));
  await sync.start();
  const all = made.move();
  return {
    outer,
    path,
    watchesBegun: () => begun,
    arrived: () => Object.keys(remote.current()).toSorted(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const WITHIN = { timeout: 15_000, interval: 50 };

test('what is written later into folders that were made all at once is seen', async () => {
  await using folder = await watchFolder();
  const names = Array.from({ length: 10 }, (_, index) => `t${index}/b/c/d`);
  for (const name of names) await mkdir(join(folder.path, name), { recursive: true });
  // The watch is begun anew, in its own time.
  await expect.poll(folder.watchesBegun, WITHIN).toBeGreaterThan(1);
  for (const name of names) await writeFile(join(folder.path, name, 'late'), name);
  await expect.poll(folder.arrived, WITHIN).toEqual(names.map((name) => `${name}/late`));
}, 30_000);

test('a folder that is moved away and made again is watched again', async () => {
  await using folder = await watchFolder();
  await rename(folder.path, join(folder.outer, 'moved'));
  await mkdir(folder.path);
  await writeFile(join(folder.path, 'first'), '1');
  await expect.poll(folder.arrived, WITHIN).toEqual(['first']);
  await writeFile(join(folder.path, 'second'), '2');
  await expect.poll(folder.arrived, WITHIN).toEqual(['first', 'second']);
}, 40_000);
