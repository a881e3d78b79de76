import { StorageError } from '../errors/index.ts';

/**
 * `<owner>/<id>` or `<owner>/<id>.zst`. Lower case only, because some file systems do not tell case apart; no
 * dot but the one before `zst`, so no key can step out of a folder or take the name of another file of ours; and
 * nothing that would need to be escaped in an address.
 */
const KEY = /^(?<owner>[0-9a-z-]{1,64})\/[0-9a-z-]{1,64}(?:\.zst)?$/;

/** The owner's id in a key. Throws when it is no key of ours: no driver lets another one through. */
export function ownerOf(key: string): string {
  const owner = KEY.exec(key)?.groups?.['owner'];
  if (owner === undefined) throw new StorageError('storage_failed', 'This is no key of an object');
  return owner;
}

export function isObjectKey(text: string): boolean {
  return KEY.test(text);
}
