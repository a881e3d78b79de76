import { mkdtempDisposable, readdir, readlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  createDiskObjectStore,
  type DiskObjectStore,
  type DiskObjectStoreOptions,
} from '@instashare/backend/storage';
import { bodyOf, type DriverWorld, type OpenUpload, type ReadBack } from './driver-world.ts';

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
  let laterMs = 0;
  const clock = () => new Date(Date.now() + laterMs);
  const options = { root, publicUrl: 'http://files', urlSecret: 's'.repeat(32), reserveBytes: 0, clock };
  const reopen: DiskWorld['reopen'] = (changes = {}) =>
    resources.use(createDiskObjectStore({ ...options, ...changes }));
  const resources = opening.move();
  const store = reopen();
  return {
    store,
    root,
    reopen,
    granularityBytes: 1024,
    async send({ request, opened }, { offset, bytes, breaksAfter }) {
      const query = Object.fromEntries(new URL(opened.url).searchParams);
      if (!store.receiver.verifyUrl(request.uploadId, query)) return { state: 'gone' };
      const body = bodyOf(bytes, breaksAfter);
      return store.receiver.receive({ ...request, offset }, body, new AbortController().signal);
    },
    expire: () => {
      laterMs += 120_000;
    },
    readSigned: (url, range) => readSigned(store, url, range),
    openReads: process.platform === 'linux' ? () => countOpenFiles(root) : null,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** What the api's route does with such an address. */
async function readSigned(store: DiskObjectStore, address: string, range = 'bytes=0-'): Promise<ReadBack> {
  const { pathname, searchParams } = new URL(address);
  const key = pathname.replace('/storage/objects/', '');
  if (!store.readUrls.verify(key, Object.fromEntries(searchParams))) {
    return { status: 404, bytes: Buffer.alloc(0) };
  }
  const [, first = '', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const lengthBytes = last === '' ? {} : { lengthBytes: Number(last) - Number(first) + 1 };
  const bytes = await buffer(await store.read(key, { offset: Number(first), ...lengthBytes }));
  return { status: range === 'bytes=0-' ? 200 : 206, bytes };
}

/** Files below `root` that this process has open. */
async function countOpenFiles(root: string): Promise<number> {
  const handles = await readdir('/proc/self/fd');
  const links = await Promise.all(
    handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(root)).length;
}

export const partOf = (world: DiskWorld, { request }: OpenUpload) => join(world.root, `${request.key}.part`);
