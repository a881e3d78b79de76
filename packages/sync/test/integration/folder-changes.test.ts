import { link, mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createNodeFileSystem } from '../../src/adapters/node-file-system.ts';
import { openSqliteState } from '../../src/adapters/sqlite-state.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { createFolderSync, type FolderSyncOptions } from '../../src/engine/folder-sync.ts';
import type { SyncEvent } from '../../src/engine/sync-event.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createMemoryRemote } from '../support/memory-remote.ts';

/** A real folder and a real state; the server is in memory. */
async function makeFolder() {
  const outer = await realpath(await mkdtemp(join(tmpdir(), 'instashare-changes-')));
  const path = join(outer, 'folder');
  await mkdir(path);
  const remote = createMemoryRemote(createFakeClock());
  return {
    path,
    at: (name: string) => join(path, name),
    remote,
    /** A single run of the engine, and what it told. */
    async run(options: Partial<FolderSyncOptions> = {}): Promise<SyncEvent[]> {
      const events: SyncEvent[] = [];
      using state = openSqliteState(join(outer, 'state.db'));
      const env = {
        files: createNodeFileSystem(path),
        watcher: { watch: () => Promise.reject(new Error('not watched')) },
        remote,
        state,
        clock: createSystemClock(),
        random: Math.random,
      };
      const onEvent = (event: SyncEvent) => events.push(event);
      await using sync = createFolderSync(env, { mode: 'once', onEvent, ...options });
      await Promise.all([sync.start(), sync.finished]);
      return events;
    },
    [Symbol.asyncDispose]: () => rm(outer, { recursive: true, force: true }),
  };
}

const typesOf = (events: readonly SyncEvent[]) =>
  events.map(({ type }) => type).filter((type) => ['moved', 'deleted', 'deletions_held'].includes(type));

test('C11: a real folder is renamed, a file renamed and changed, one deleted', async () => {
  await using folder = await makeFolder();
  await mkdir(folder.at('old/deep'), { recursive: true });
  for (let index = 0; index < 50; index += 1) await writeFile(folder.at(`old/deep/f${index}`), `${index}`);
  for (const name of ['changed', 'gone', 'linked']) await writeFile(folder.at(name), name);
  await folder.run();
  const id = folder.remote.idAt('changed');
  const { sentBytes } = folder.remote;

  await rename(folder.at('old'), folder.at('new'));
  await rename(folder.at('changed'), folder.at('renamed'));
  await writeFile(folder.at('renamed'), 'changed, and more');
  await rm(folder.at('gone'));
  await link(folder.at('linked'), folder.at('second name'));
  const events = await folder.run();
  const expected = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`new/deep/f${index}`, `${index}`]),
  );
  expect(folder.remote.current()).toEqual({
    ...expected,
    renamed: 'changed, and more',
    linked: 'linked',
    'second name': 'linked',
  });
  expect(folder.remote.idAt('renamed')).toBe(id);
  expect(typesOf(events)).toEqual([...Array.from({ length: 51 }, () => 'moved'), 'deleted']);
  expect(folder.remote.sentBytes - sentBytes).toBe('changed, and more'.length);
});

test('C11: an inode that is given out again is another file', async () => {
  await using folder = await makeFolder();
  await writeFile(folder.at('old'), 'old content');
  await writeFile(folder.at('other'), 'other');
  await folder.run();
  const id = folder.remote.idAt('old');
  await rm(folder.at('old'));
  await writeFile(folder.at('new'), 'new content');
  const events = await folder.run();
  expect(folder.remote.current()).toEqual({ new: 'new content', other: 'other' });
  expect([typesOf(events), folder.remote.idAt('new') === id]).toEqual([['deleted'], false]);
});

test('C15: a folder that was removed and made again deletes nothing until it is confirmed', async () => {
  await using folder = await makeFolder();
  for (const name of ['a', 'b']) await writeFile(folder.at(name), name);
  await folder.run();
  await rename(folder.path, `${folder.path} before`);
  await mkdir(folder.path);
  const events = await folder.run();
  expect(events).toContainEqual({ type: 'deletions_held', files: 2, reason: 'other_folder' });
  expect(folder.remote.current()).toEqual({ a: 'a', b: 'b' });
  await folder.run({ confirmDeletes: true });
  expect(folder.remote.current()).toEqual({});
});

test('C15: most of a folder that is gone waits, from run to run, until it is confirmed', async () => {
  await using folder = await makeFolder();
  await mkdir(folder.at('many'));
  for (let index = 0; index < 40; index += 1) await writeFile(folder.at(`many/f${index}`), `${index}`);
  await folder.run();
  await rm(folder.at('many'), { recursive: true });
  expect(typesOf(await folder.run())).toEqual(['deletions_held']);
  expect(typesOf(await folder.run())).toEqual(['deletions_held']);
  expect(Object.keys(folder.remote.current())).toHaveLength(40);
  await folder.run({ confirmDeletes: true });
  expect(folder.remote.current()).toEqual({});
});
