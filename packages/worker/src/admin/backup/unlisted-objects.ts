import type { ObjectStore } from '@instashare/backend/storage';
import { type CopiedObject, readObjectList } from './backup-folder.ts';

/** A page begins by looking through all names again: large pages keep that bearable, and memory bounded. */
const PAGE = 20_000;

/** The keys of objects in a store that a backup does not list with this size. Both are in the order of keys. */
export async function* unlistedObjects(
  store: Pick<ObjectStore, 'list'>,
  rowsFolder: string,
): AsyncGenerator<string> {
  // Whoever has seen enough leaves the list open: disposing of it closes its file.
  await using listed = oneByOne(readObjectList(rowsFolder));
  let next = await listed.next();
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ObjectStore['list']>> = await store.list({ cursor, limit: PAGE });
    for (const { key, sizeBytes } of page.objects) {
      while (next.done !== true && next.value.key < key) next = await listed.next();
      const isListed = next.done !== true && next.value.key === key && next.value.sizeBytes === sizeBytes;
      if (!isListed) yield key;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function* oneByOne(
  pieces: AsyncIterable<readonly CopiedObject[]>,
): AsyncGenerator<CopiedObject, undefined> {
  for await (const piece of pieces) yield* piece;
  return undefined;
}
