/**
 * Object storage: the `ObjectStore` port and its drivers, on disk and in Google Cloud Storage. The configuration
 * chooses. Knows bytes and keys only: no rows, no routes, no codecs.
 */
export {
  createDiskObjectStore,
  type DiskObjectStore,
  type DiskObjectStoreOptions,
} from './disk/disk-object-store.ts';
export { createDiskRoom, type DiskRoom, freeDiskBytes } from './disk/disk-room.ts';
export type * from './object-store.ts';
export { type OpenedObjectStore, openObjectStore } from './open-object-store.ts';
export type { StoreOwner } from './require-own-store.ts';
