import { mkdir, mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { createBoundedMap } from '../../../src/storage/disk/bounded-map.ts';
import { createDiskRoom, freeDiskBytes } from '../../../src/storage/disk/disk-room.ts';
import { durableObjectSize } from '../../../src/storage/disk/durable-object-size.ts';
import { createObjectFolders } from '../../../src/storage/disk/object-folders.ts';
import { objectPaths } from '../../../src/storage/disk/object-paths.ts';
import { createUploadSessions } from '../../../src/storage/disk/upload-sessions.ts';
import { newKey } from '../../storage/driver-world.ts';

test('an object whose writer was killed before it made the name durable is told of only once it is', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'objects-'));
  const root = folder.path;
  const synced: string[] = [];
  const folderSync = { sync: async (path: string) => void synced.push(path) };
  const context = {
    root,
    folders: createObjectFolders(root, { folderSync, mark: { requireStill: async () => {} } }),
    digests: createBoundedMap<string>(10),
    room: createDiskRoom(root, { reserveBytes: 0, freeBytes: freeDiskBytes }),
  };
  const key = newKey();
  const owner = dirname(join(root, key));
  await mkdir(owner);

  expect(await durableObjectSize(context, key)).toBeNull();
  expect(synced).toEqual([]);
  await writeFile(join(root, key), 'content');
  expect(await durableObjectSize(context, key)).toBe(7);
  expect(synced.splice(0).toSorted()).toEqual([root, owner]);

  await using sessions = createUploadSessions(context);
  const status = await sessions.status({ key, sizeBytes: 7 }, { endWriter: true });
  // The folder's own name is durable by now.
  expect([status, synced.splice(0)]).toEqual([{ state: 'finished', sizeBytes: 7 }, [owner]]);

  // What this process wrote is durable before it is known by its digest.
  context.digests.set(key, 'its sha256');
  expect([await durableObjectSize(context, key), synced]).toEqual([7, []]);
});

test("an object is durable with its owner's folder, whoever made that", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'objects-'));
  const root = folder.path;
  const synced: string[] = [];
  const folderSync = { sync: async (path: string) => void synced.push(path) };
  const folders = createObjectFolders(root, { folderSync, mark: { requireStill: async () => {} } });
  const paths = objectPaths(root, newKey());
  const incoming = join(root, 'incoming');
  // Another process has just made it, and has not got further.
  await mkdir(paths.folder);
  for (const object of [paths.object, `${paths.object}2`]) {
    await writeFile(incoming, 'content');
    await folders.publish(incoming, { ...paths, object });
  }
  expect(synced.toSorted()).toEqual([root, paths.folder, paths.folder].toSorted());
});
