import { openContent } from '@instashare/backend/content';
import type { BlobRow, Database } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';
import { digestOf, mismatch } from '../../compress/digest.ts';
import { type ReadFault, requireReadFault } from '../read-fault.ts';
import type { BoundedRate } from './bounded-rate.ts';

/** What is wrong with content, and with which place of it. */
export interface Damage extends ReadFault {
  readonly blob: BlobRow;
}

export interface CheckOptions {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'check' | 'read'>;
  readonly rate: BoundedRate;
  readonly signal: AbortSignal;
}

const isReadable = (blob: BlobRow | null): blob is BlobRow =>
  blob !== null && (blob.status === 'stored' || blob.status === 'ready');

/**
 * Reads content by the way of downloads, decoded, and compares it with what it should be. null when it is gone, or has
 * failed by now. Rejects when the store can't be used: then nothing is known of it.
 */
export async function checkContent(
  blobId: string,
  options: CheckOptions,
): Promise<{ readonly sizeBytes: number; readonly damage: Damage | null } | null> {
  const { blobs } = options.database.repositories;
  let blob = await blobs.find(blobId);
  while (isReadable(blob)) {
    const damage = await findDamage(blob, options);
    if (damage === null) return { sizeBytes: blob.sizeBytes, damage: null };
    // A worker may have put it elsewhere, and the sweep have deleted what was read, while it was read.
    const now: BlobRow | null = await blobs.find(blobId);
    if (now?.objectKey === blob.objectKey && isReadable(now)) return { sizeBytes: blob.sizeBytes, damage };
    blob = now;
  }
  return null;
}

async function findDamage(blob: BlobRow, { objects, rate, signal }: CheckOptions): Promise<Damage | null> {
  try {
    const content = await openContent(objects, { ...blob, key: blob.objectKey }, { signal });
    const reason = mismatch(blob, await digestOf(atRate(content, rate)));
    return reason === null ? null : { kind: 'damaged', reason, blob };
  } catch (error) {
    return { ...(await requireReadFault(error, objects, signal)), blob };
  }
}

async function* atRate(content: AsyncIterable<Buffer>, rate: BoundedRate): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    await rate(chunk.length);
    yield chunk;
  }
}
