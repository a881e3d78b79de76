import type { BoundedMap } from './bounded-map.ts';
import type { DiskRoom } from './disk-room.ts';
import type { ObjectFolders } from './object-folders.ts';

/** What the parts of the disk driver share. */
export interface DiskContext {
  readonly root: string;
  readonly folders: ObjectFolders;
  readonly room: DiskRoom;
  /** SHA-256 of objects that this process wrote, by key, while it remembers them. */
  readonly digests: BoundedMap<string>;
}
