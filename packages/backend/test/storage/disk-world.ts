import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDiskObjectStore,
  type DiskObjectStore,
  type DiskObjectStoreOptions,
} from '@instashare/backend/storage';
import { bodyOf, type DriverWorld, type OpenUpload } from './driver-world.ts';

export interface DiskWorld extends DriverWorld {
  readonly store: DiskObjectStore;
  readonly root: string;
  /** Another process on the same disk, or this one after it was started again. */
  reopen(changes?: Partial<DiskObjectStoreOptions>): DiskObjectStore;
}

export async function openDiskWorld(): Promise<DiskWorld> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'objects-')));
  const root = join(folder.path, 'objects');
  const options = { root, publicUrl: 'http://files', urlSecret: 's'.repeat(32), reserveBytes: 0 };
  const reopen: DiskWorld['reopen'] = (changes = {}) =>
    resources.use(createDiskObjectStore({ ...options, ...changes }));
  const resources = opening.move();
  const store = reopen();
  return {
    store,
    root,
    reopen,
    granularityBytes: 1024,
    send: ({ request }, { offset, bytes, breaksAfter }) =>
      store.receiver.receive(
        { ...request, offset },
        bodyOf(bytes, breaksAfter),
        new AbortController().signal,
      ),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

export const partOf = (world: DiskWorld, { request }: OpenUpload) => join(world.root, `${request.key}.part`);
