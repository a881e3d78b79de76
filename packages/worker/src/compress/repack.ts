import { isStorageError } from '@instashare/backend/errors';
import { freeMemory } from '@instashare/backend/streams';
import {
  isSound,
  layOut,
  type Member,
  type PackedBlob,
  type Place,
  readGroup,
  type WriteOptions,
  writePack,
} from './pack-object.ts';

export interface Repacked {
  /** Where contents are to be found in the new object; empty: there is none. */
  readonly places: readonly Place[];
  /** What is not what it should be, and stays where it is. */
  readonly damaged: readonly PackedBlob[];
}

/**
 * Copies contents of shared objects into a new one that they share, as they are stored. Changes no row and no object
 * that is there. Rejects when an object can't be read, and when the new one can't be written.
 *
 * In memory: one of the objects, and all that is copied.
 */
export async function repack(blobs: readonly PackedBlob[], options: WriteOptions): Promise<Repacked> {
  const members: Member[] = [];
  const damaged: PackedBlob[] = [];
  const inOrder = blobs.toSorted((a, b) => a.objectOffset - b.objectOffset);
  for (const group of Map.groupBy(inOrder, ({ objectKey }) => objectKey).values()) {
    const { bytes, parts } = await readGroup(options, group);
    for (const { blob, stored } of parts) {
      const member = { blob, encoding: blob.encoding, stored: Buffer.from(stored) };
      if (await isWell(member)) members.push(member);
      else damaged.push(blob);
    }
    freeMemory(bytes);
  }
  if (members.length === 0) return { places: [], damaged };
  const pack = layOut(members, options.targetKey);
  for (const { stored } of members) freeMemory(stored);
  await writePack(pack, options);
  return { places: pack.places, damaged };
}

async function isWell(member: Member): Promise<boolean> {
  try {
    return await isSound(member);
  } catch (error) {
    if (isStorageError(error, 'object_damaged')) return false;
    throw error;
  }
}
