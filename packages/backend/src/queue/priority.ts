/**
 * What a worker takes first: the lower number; of equal ones the one that was asked for first.
 *
 * - `urgent`: a few small files, which somebody has just changed.
 * - `bulk`: many small files at once, as an import brings them; and what has waited too long.
 * - `large`, `huge`: a file that keeps a worker busy for seconds, or for longer.
 */
export const PRIORITIES = { urgent: 1, bulk: 2, large: 3, huge: 4 } as const;

export type Priority = (typeof PRIORITIES)[keyof typeof PRIORITIES];

/** More blobs than this in one moment do not come from somebody's editor. */
const URGENT_BLOBS = 8;
const LARGE_BYTES = 8 * 1024 * 1024;
const HUGE_BYTES = 1024 * 1024 * 1024;

/** The priority of a job by what it carries. */
export function priorityOf(job: { readonly blobs: number; readonly sizeBytes: number }): Priority {
  if (job.sizeBytes > HUGE_BYTES) return PRIORITIES.huge;
  if (job.sizeBytes > LARGE_BYTES) return PRIORITIES.large;
  return job.blobs > URGENT_BLOBS ? PRIORITIES.bulk : PRIORITIES.urgent;
}
