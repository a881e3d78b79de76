import { StorageError } from '../errors/index.ts';
import { decodeFrame } from './decode-frames.ts';
import type { ContentLocation } from './open-encoded.ts';
import { looksLikeSeekTable } from './seek-table.ts';

/**
 * What `openContent` gives of a place of which all stored bytes are in hand: one frame, or the content as it is. For many
 * small ones, each of which would take several streams. Rejects with `object_damaged`.
 */
export async function decodeStored(
  stored: Buffer,
  { encoding, sizeBytes }: Pick<ContentLocation, 'encoding' | 'sizeBytes'>,
): Promise<Buffer> {
  if (encoding === 'identity') return stored;
  if (looksLikeSeekTable(stored)) {
    throw new StorageError('object_damaged', 'The frame ends as if a seek table were behind it');
  }
  return decodeFrame(stored, { storedBytes: stored.length, contentBytes: sizeBytes });
}
