import { opendir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectKey } from '../object-key.ts';
import type { ListOptions, ListPage } from '../object-store.ts';
import { byCodeUnits, createSmallestKeys } from './smallest-keys.ts';
import { orIfMissing } from './translate-error.ts';

/** Names that are read at once; between two such reads others have their turn. */
const NAMES_AT_ONCE = 1024;

/**
 * `ObjectStore.list` on disk, or, with a `suffix`, of the files that lie beside objects. Each page reads the names of the folders it touches again,
 * and keeps no more of them than it gives; it is for audits and repairs, not for the way of a request.
 */
export async function listObjects(root: string, options: ListOptions, suffix = ''): Promise<ListPage> {
  const { prefix = '', cursor = null, limit } = options;
  const objects: ListPage['objects'][number][] = [];
  // One more than the page holds tells whether there is another page.
  for await (const key of keysInOrder(root, { prefix, cursor, suffix, atOnce: limit + 1 })) {
    const last = objects.at(-1);
    if (objects.length === limit && last !== undefined) return { objects, nextCursor: last.key };
    const file = await orIfMissing(stat(join(root, `${key}${suffix}`)), null);
    // Gone since we read its name.
    if (file === null) continue;
    objects.push({ key, sizeBytes: file.size, createdAt: file.mtime });
  }
  return { objects, nextCursor: null };
}

interface Wanted {
  readonly prefix: string;
  readonly suffix: string;
  /** Only what lies behind this key; null: all. */
  readonly cursor: string | null;
  /** How many keys are looked for in one reading of a folder. */
  readonly atOnce: number;
}

async function* keysInOrder(root: string, wanted: Wanted): AsyncGenerator<string> {
  const { prefix, cursor, atOnce } = wanted;
  // What is not an owner's has a dot in front.
  const owners = (await orIfMissing(readdir(root), [])).filter((name) => !name.startsWith('.'));
  // With the slash: "a-b/…" comes before "a/…", as whole keys do.
  for (const folder of owners.map((owner) => `${owner}/`).toSorted(byCodeUnits)) {
    if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) continue;
    // All that is in it lies before the cursor.
    if (cursor !== null && folder < cursor && !cursor.startsWith(folder)) continue;
    let keys: readonly string[];
    let after = cursor;
    do {
      keys = await orIfMissing(firstKeys(root, folder, { ...wanted, cursor: after }), []);
      yield* keys;
      after = keys.at(-1) ?? null;
    } while (keys.length === atOnce);
  }
}

/** The first keys of an owner's folder, which may hold millions of files. */
async function firstKeys(root: string, folder: string, wanted: Wanted): Promise<string[]> {
  const { prefix, suffix, cursor, atOnce } = wanted;
  const smallest = createSmallestKeys(atOnce);
  for await (const { name } of await opendir(join(root, folder), { bufferSize: NAMES_AT_ONCE })) {
    if (!name.endsWith(suffix)) continue;
    const key = `${folder}${name.slice(0, name.length - suffix.length)}`;
    if (cursor !== null && key <= cursor) continue;
    if (key.startsWith(prefix) && isObjectKey(key)) smallest.add(key);
  }
  return smallest.take();
}
