import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import { createDiskObjectStore, type DiskObjectStoreOptions } from './disk/disk-object-store.ts';
import { heedProxy } from './gcs/heed-proxy.ts';
import type { ObjectStore, SignedUrlVerifier, UnfinishedUploads, UploadReceiver } from './object-store.ts';
import { requireOwnStore, type StoreOwner } from './require-own-store.ts';

export interface OpenedObjectStore {
  readonly store: ObjectStore;
  /** What our api serves for a store that has no server of its own; null when clients talk to the store itself. */
  readonly served: { readonly uploads: UploadReceiver; readonly readUrls: SignedUrlVerifier } | null;
  /** null: they can't be seen, and end by themselves. */
  readonly unfinishedUploads: UnfinishedUploads | null;
}

/**
 * The store that the configuration names: a bucket, or else the data folder. Rejects when it can not be used, or is
 * another database's.
 */
export async function openObjectStore(
  { dataDir, gcs, publicUrl }: Pick<Config, 'dataDir' | 'gcs' | 'publicUrl'>,
  {
    owner,
    handsOutAddresses = false,
    ...options
  }: Pick<DiskObjectStoreOptions, 'reserveBytes' | 'urlSecret'> & {
    readonly owner: StoreOwner;
    /** Then whether it can sign them is asked now, and not when somebody wants one. */
    readonly handsOutAddresses?: boolean;
  },
): Promise<OpenedObjectStore> {
  const opened = gcs === null ? openDisk() : await openBucket(gcs);
  await opened.store.check();
  const place = gcs === null ? `The folder "${join(dataDir, 'objects')}"` : `The bucket "${gcs.bucket}"`;
  await requireOwnStore(opened.store, { place, owner });
  return opened;

  function openDisk(): OpenedObjectStore {
    const root = join(dataDir, 'objects');
    const store = createDiskObjectStore({ root, publicUrl, ...options });
    const { readUrls, receiver, unfinishedUploads } = store;
    return { store, served: { uploads: receiver, readUrls }, unfinishedUploads };
  }

  async function openBucket({ bucket, emulatorUrl }: NonNullable<Config['gcs']>): Promise<OpenedObjectStore> {
    // Google's library takes a moment to load, which those who do not use it shall not wait for.
    const { createGcsObjectStore } = await import('./gcs/gcs-object-store.ts');
    const { origin } = new URL(publicUrl);
    heedProxy();
    const store = createGcsObjectStore({ bucket, emulatorUrl, origin });
    // Before an emulator most have no credentials, and need none for all else.
    if (handsOutAddresses && emulatorUrl === null) await store.requireSigning();
    return { store, served: null, unfinishedUploads: null };
  }
}
