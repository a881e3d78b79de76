import { z } from 'zod';

/** How far a job is with one of its blobs: the `progress` of the job in the queue, on either backend. */
export const progressSchema = z.object({ blobId: z.uuid(), doneBytes: z.number().int().min(0) });
export type Progress = z.infer<typeof progressSchema>;

const INTERVAL_MS = 1_000;

/**
 * Passes on the first progress and then the newest one about once a second, one at a time. What fails is
 * forgotten: progress is only for show.
 */
export function createProgressReporter(
  publish: (progress: Progress) => Promise<void>,
  nowMs: () => number,
): (progress: Progress) => void {
  let nextAtMs = Number.NEGATIVE_INFINITY;
  let isPublishing = false;
  return (progress) => {
    if (isPublishing || nowMs() < nextAtMs) return;
    nextAtMs = nowMs() + INTERVAL_MS;
    isPublishing = true;
    publish(progress)
      .catch(() => {})
      .finally(() => {
        isPublishing = false;
      });
  };
}
