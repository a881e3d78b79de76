import {
  type CompressBlobsPayload,
  compressBlobsPayloadSchema,
  type DeliverWebhookPayload,
  deliverWebhookPayloadSchema,
  type RecountQuotaPayload,
  recountQuotaPayloadSchema,
  type SweepPayload,
  sweepPayloadSchema,
} from '@instashare/contracts';
import type { JobsOptions } from 'bullmq';
import type { z } from 'zod';

/** Every kind of job, with what it carries. Payloads hold ids only: handlers read the rows again. */
export interface JobPayloads {
  /** Verifies stored content and compresses what shrinks. */
  'compress-blobs': CompressBlobsPayload;
  /** Sends what is to be told to a webhook. */
  'deliver-webhook': DeliverWebhookPayload;
  /** Counts again what every account uses. */
  'recount-quota': RecountQuotaPayload;
  /** Repairs what a crash left behind and removes what has expired. */
  sweep: SweepPayload;
}

export type JobName = keyof JobPayloads;

interface JobDefinition<Payload> {
  readonly payload: z.ZodType<Payload>;
  /** A handler may be called again after it failed or was killed: it must be safe to run twice. */
  readonly options: JobsOptions;
  /** How many of these one worker process has in hand at once; `configured` takes what it was told. */
  readonly concurrency: 'configured' | number;
}

const DAY_SECONDS = 24 * 60 * 60;

/** Each kind has a queue of its own, so that none waits behind a backlog of another. */
export const JOBS: { readonly [Name in JobName]: JobDefinition<JobPayloads[Name]> } = {
  'compress-blobs': {
    payload: compressBlobsPayloadSchema,
    options: {
      attempts: 5,
      backoff: { type: 'exponential', delay: 2000, jitter: 0.5 },
      // What a job did stands in the database; the queue keeps only what went wrong, for who looks into it.
      removeOnComplete: true,
      removeOnFail: { count: 1000, age: 7 * DAY_SECONDS },
    },
    concurrency: 'configured',
  },
  'deliver-webhook': {
    payload: deliverWebhookPayloadSchema,
    options: {
      // From a second to more than an hour between two: two and a half hours in all, then it is given up.
      attempts: 14,
      backoff: { type: 'exponential', delay: 1000, jitter: 0.5 },
      removeOnComplete: true,
      // What went wrong stands in the database; a job that is kept would stand in the way of sending it again.
      removeOnFail: true,
    },
    // Most of them wait for somebody else's server.
    concurrency: 16,
  },
  'recount-quota': {
    payload: recountQuotaPayloadSchema,
    options: { attempts: 1, removeOnComplete: true, removeOnFail: { count: 10, age: 7 * DAY_SECONDS } },
    concurrency: 1,
  },
  sweep: {
    payload: sweepPayloadSchema,
    // No second attempt: the next sweep comes soon anyway.
    options: { attempts: 1, removeOnComplete: true, removeOnFail: { count: 100, age: DAY_SECONDS } },
    concurrency: 1,
  },
};

export const JOB_NAMES = [
  'compress-blobs',
  'deliver-webhook',
  'recount-quota',
  'sweep',
] as const satisfies readonly JobName[];
