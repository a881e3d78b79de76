import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectKey } from '../object-key.ts';
import type { ListOptions, ListPage } from '../object-store.ts';
import { orIfMissing } from './translate-error.ts';

/**
 * `ObjectStore.list` on disk, or, with a `suffix`, of the files that lie beside objects. Each page reads the names of the folders it touches again; it is for audits and
 * repairs, not for the way of a request.
 */
export async function listObjects(root: string, options: ListOptions, suffix = ''): Promise<ListPage> {
  const { prefix = '', cursor = null, limit } = options;
  const objects: ListPage['objects'][number][] = [];
  for await (const key of keysInOrder(root, { prefix, suffix })) {
    if (cursor !== null && key <= cursor) continue;
    const last = objects.at(-1);
    if (objects.length === limit && last !== undefined) return { objects, nextCursor: last.key };
    const file = await orIfMissing(stat(join(root, `${key}${suffix}`)), null);
    // Gone since we read its name.
    if (file === null) continue;
    objects.push({ key, sizeBytes: file.size, createdAt: file.mtime });
  }
  return { objects, nextCursor: null };
}

async function* keysInOrder(
  root: string,
  { prefix, suffix }: { readonly prefix: string; readonly suffix: string },
): AsyncGenerator<string> {
  // What is not an owner's has a dot in front.
  const owners = (await orIfMissing(readdir(root), [])).filter((name) => !name.startsWith('.'));
  // With the slash: "a-b/…" comes before "a/…", as whole keys do.
  for (const folder of owners.map((owner) => `${owner}/`).toSorted(byCodeUnits)) {
    if (!folder.startsWith(prefix) && !prefix.startsWith(folder)) continue;
    const names = await orIfMissing(readdir(join(root, folder)), []);
    yield* names
      .filter((name) => name.endsWith(suffix))
      .map((name) => `${folder}${name.slice(0, name.length - suffix.length)}`)
      .filter((key) => isObjectKey(key) && key.startsWith(prefix))
      .toSorted(byCodeUnits);
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
