import { MAX_BLOBS_PER_JOB } from '@instashare/contracts';

export interface BlobToCompress {
  readonly id: string;
  readonly sizeBytes: number;
}

/** So few that the workers share a burst of small files, and so many that a file does not cost a job. */
export const BATCH_BLOBS = Math.min(500, MAX_BLOBS_PER_JOB);
/** A job of this many bytes is worth its own while. */
export const BATCH_BYTES = 8 * 1024 * 1024;

/** Groups blobs into the payloads of compression jobs, in order; a big one gets a job of its own. */
export function batchBlobs(blobs: readonly BlobToCompress[]): string[][] {
  const batches: string[][] = [];
  let open: { ids: string[]; bytes: number } | null = null;
  for (const { id, sizeBytes } of blobs) {
    if (sizeBytes > BATCH_BYTES) {
      batches.push([id]);
      continue;
    }
    if (open === null || open.ids.length === BATCH_BLOBS || open.bytes + sizeBytes > BATCH_BYTES) {
      open = { ids: [], bytes: 0 };
      batches.push(open.ids);
    }
    open.ids.push(id);
    open.bytes += sizeBytes;
  }
  return batches;
}
