/**
 * Object storage: the `ObjectStore` port and its drivers. Disk is the default; cloud drivers come beside it.
 * Knows bytes and keys only: no rows, no HTTP, no codecs.
 */
export {
  createDiskObjectStore,
  type DiskObjectStore,
  type DiskObjectStoreOptions,
} from './disk/disk-object-store.ts';
export type * from './object-store.ts';
