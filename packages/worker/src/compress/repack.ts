import { Readable } from 'node:stream';
import type { ObjectStore } from '@instashare/backend/storage';
import { freeMemory } from '@instashare/backend/streams';
import {
  layOut,
  type Member,
  type PackedBlob,
  type Place,
  readGroup,
  requireReadsBack,
} from './pack-object.ts';

export interface RepackOptions {
  readonly objects: Pick<ObjectStore, 'put' | 'read'>;
  /** Where the new object goes: a key that was never used, and that the sweep removes unless it is kept. */
  readonly targetKey: string;
  readonly signal: AbortSignal;
}

/**
 * Copies contents of shared objects into a new one that they share, as they are stored. Changes no row and no object
 * that is there. Gives where they are to be found. Rejects when one can't be read, when what was written is not what they
 * should be, which may be the fault of what was read, and when it can't be written.
 *
 * In memory: all that lies between the first and the last of them in an object, for all objects.
 */
export async function repack(
  blobs: readonly PackedBlob[],
  { objects, targetKey, signal }: RepackOptions,
): Promise<readonly Place[]> {
  const members: Member[] = [];
  const groups: Buffer[] = [];
  const inOrder = blobs.toSorted((a, b) => a.objectOffset - b.objectOffset);
  for (const group of Map.groupBy(inOrder, ({ objectKey }) => objectKey).values()) {
    const { bytes, parts } = await readGroup({ objects, signal }, group);
    members.push(...parts.map(({ blob, stored }) => ({ blob, encoding: blob.encoding, stored })));
    groups.push(bytes);
  }
  const { bytes, places } = layOut(members, targetKey);
  const sizeBytes = bytes.length;
  for (const copied of groups) freeMemory(copied);
  await objects.put(targetKey, Readable.from([bytes]), { signal, ownsChunks: true });
  await requireReadsBack(objects, places, { sizeBytes, targetKey, signal });
  return places;
}
