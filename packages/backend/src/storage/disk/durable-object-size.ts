import type { DiskContext } from './disk-context.ts';
import { objectPaths } from './object-paths.ts';
import { fileSize } from './session-parts.ts';

/**
 * Size of an object in bytes; null when there is none. Whoever is told of it may promise that it lasts: one that
 * this process did not write may have got its name right before its writer was killed, and is settled first.
 */
export async function durableObjectSize(context: DiskContext, key: string): Promise<number | null> {
  const paths = objectPaths(context.root, key);
  const sizeBytes = await fileSize(paths.object);
  if (sizeBytes !== null && context.digests.get(key) === undefined) await context.folders.settle(paths);
  return sizeBytes;
}
