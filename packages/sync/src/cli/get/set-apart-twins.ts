import { createHash } from 'node:crypto';

/**
 * Gives the items but for those whose path differs from an earlier one's in case only, which it puts into `twins`:
 * on many disks the two are one name, and must not be written at the same moment. Of each path it remembers but a
 * number.
 */
export async function* setApartTwins<T extends { readonly path: string }>(
  items: AsyncIterable<T>,
  twins: T[],
): AsyncGenerator<T> {
  const seen = new Set<number>();
  for await (const item of items) {
    const key = keyOf(item.path);
    if (seen.has(key)) twins.push(item);
    else yield item;
    seen.add(key);
  }
}

/** Two that share a key by chance are only dealt with later than need be. */
function keyOf(path: string): number {
  const hash = createHash('sha1').update(path.normalize('NFC').toLowerCase()).digest();
  return hash.readUIntBE(0, 6);
}
