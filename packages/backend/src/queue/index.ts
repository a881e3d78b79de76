/**
 * The job queue: which jobs there are, with their payloads and options, and the one place that chooses
 * BullMQ's backend (PostgreSQL by default, Redis when configured). Handlers live in the worker.
 */

export type { Backlog } from './backlog.ts';
export { BATCH_BLOBS, BATCH_BYTES, type BlobBatch, type BlobToCompress, batchBlobs } from './batch-blobs.ts';
export { type CompressionBuffer, createCompressionBuffer } from './compression-buffer.ts';
export type { QueueConnection } from './connection.ts';
export { JOB_NAMES, type JobName, type JobPayloads } from './definitions.ts';
export { type ActiveCompression, createJobQueue, type JobQueue } from './job-queue.ts';
export {
  createJobWorker,
  type JobContext,
  type JobHandler,
  type JobHandlers,
  type JobObserver,
  type JobWorker,
  type JobWorkerOptions,
} from './job-worker.ts';
export { JOB_STATES, type JobState, type ListedJob, type Retried } from './listed-jobs.ts';
export { migrateQueue } from './migrate-queue.ts';
export { PRIORITIES, type Priority } from './priority.ts';
