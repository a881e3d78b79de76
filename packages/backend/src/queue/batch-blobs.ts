import { MAX_BLOBS_PER_JOB } from '@instashare/contracts';
import { type Priority, priorityOf } from './priority.ts';

export interface BlobToCompress {
  readonly id: string;
  readonly sizeBytes: number;
}

/** One compression job. */
export interface BlobBatch {
  readonly blobIds: string[];
  readonly priority: Priority;
}

/** So few that the workers share a burst of small files, and so many that a file does not cost a job. */
export const BATCH_BLOBS = Math.min(500, MAX_BLOBS_PER_JOB);
/** A job of this many bytes is worth its own while. */
export const BATCH_BYTES = 8 * 1024 * 1024;

/** Groups blobs into compression jobs, in order; a big one gets a job of its own. */
export function batchBlobs(blobs: readonly BlobToCompress[]): BlobBatch[] {
  const batches: { readonly blobIds: string[]; sizeBytes: number }[] = [];
  let open: (typeof batches)[number] | null = null;
  for (const { id, sizeBytes } of blobs) {
    if (sizeBytes > BATCH_BYTES) {
      batches.push({ blobIds: [id], sizeBytes });
      continue;
    }
    if (open === null || open.blobIds.length === BATCH_BLOBS || open.sizeBytes + sizeBytes > BATCH_BYTES) {
      open = { blobIds: [], sizeBytes: 0 };
      batches.push(open);
    }
    open.blobIds.push(id);
    open.sizeBytes += sizeBytes;
  }
  return batches.map(({ blobIds, sizeBytes }) => ({
    blobIds,
    priority: priorityOf({ blobs: blobIds.length, sizeBytes }),
  }));
}
