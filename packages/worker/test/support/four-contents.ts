import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withBadSector } from './failing-store.ts';
import { adminInside } from './run-admin.ts';
import { openWorkerWorld, text, type WorkerWorld } from './world.ts';

/** Two contents of their own and an object that two share, and an empty folder for backups. */
export async function fourContents() {
  await using made = new AsyncDisposableStack();
  const world = made.use(await openWorkerWorld());
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'backup-')));
  const keyOf = async (id: string) => (await world.blob(id)).objectKey;
  const keys = {
    one: await keyOf(await world.store(text(1000))),
    two: await keyOf(await world.store(text(2000))),
    shared: (await world.storePack([text(300), text(400)])).key,
  };
  const live = (key: string) => join(world.dataDir, 'objects', key);
  const copy = (key: string) => join(folder.path, 'objects', key);
  const all = made.move();
  return { world, keys, live, copy, backup: folder.path, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** The command on a disk that can't read one object. */
export const onBadDisk = (world: WorkerWorld, badKey: string, code?: string) =>
  adminInside(world, {
    replace: ({ openStore }) => ({
      openStore: async (...args) => withBadSector(await openStore(...args), badKey, code),
    }),
  });
