import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolderState } from '../../src/cli/watch/open-folder.ts';

async function setUp() {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'instashare-claim-')));
  const [documents, pictures] = [join(path, 'documents'), join(path, 'pictures')];
  for (const folder of [documents, pictures]) await mkdir(folder);
  return {
    documents,
    pictures,
    /** Opens and closes the state of a folder, as a run of `watch` does. */
    async watch(folder: string, prefix: string, userId = 'ada'): Promise<void> {
      const configFolder = join(path, 'config');
      const state = await openFolderState({ configFolder, server: 'http://x', userId, folder, prefix });
      state[Symbol.dispose]();
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

test('a second folder at the same target is refused by name, and goes to a place of its own', async () => {
  await using world = await setUp();
  const { documents, pictures } = world;
  await world.watch(documents, '');
  await world.watch(documents, '');
  await expect(world.watch(pictures, '')).rejects.toThrow(/documents is uploaded .*--to/);
  await world.watch(pictures, 'pictures');
  await expect(world.watch(documents, 'pictures')).rejects.toThrow(/pictures is uploaded to pictures .*--to/);
  await world.watch(pictures, '', 'grace');
});

test('a target whose folder is gone is free', async () => {
  await using world = await setUp();
  await world.watch(world.documents, '');
  await rm(world.documents, { recursive: true });
  await expect(world.watch(world.pictures, '')).resolves.toBeUndefined();
});
