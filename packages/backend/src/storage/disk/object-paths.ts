import { join } from 'node:path';
import { StorageError } from '../../errors/index.ts';

/**
 * `<owner>/<id>` or `<owner>/<id>.zst`. Lower case only, because some file systems do not tell case apart; no
 * dot but the one before `zst`, so no key can step out of the root or take the name of another file of ours.
 */
const KEY = /^(?<owner>[0-9a-z-]{1,64})\/[0-9a-z-]{1,64}(?:\.zst)?$/;

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
  const owner = KEY.exec(key)?.groups?.['owner'];
  if (owner === undefined) throw new StorageError('storage_failed', 'This is no key of an object');
  const object = join(root, key);
  return { folder: join(root, owner), object, part: `${object}${PART_SUFFIX}` };
}

export function isKey(text: string): boolean {
  return KEY.test(text);
}
