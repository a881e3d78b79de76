import { join } from 'node:path';
import { ownerOf } from '../object-key.ts';

/** The session's bytes until they are all there, beside the object they become. */
export const PART_SUFFIX = '.part';

export interface ObjectPaths {
  /** The folder that holds everything of this owner. */
  readonly folder: string;
  readonly object: string;
  readonly part: string;
}

/** Where the object with this key lives below `root`. Throws when it is no key of ours. */
export function objectPaths(root: string, key: string): ObjectPaths {
  const owner = ownerOf(key);
  const object = join(root, key);
  return { folder: join(root, owner), object, part: `${object}${PART_SUFFIX}` };
}
