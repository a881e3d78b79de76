import { z } from 'zod';
import { MAX_BLOBS_PER_JOB } from './limits.ts';

/** Payloads carry ids only: a handler reads the row again, so an old job can't act on an old state. */
export const compressBlobsPayloadSchema = z.object({
  blobIds: z.array(z.uuid()).min(1).max(MAX_BLOBS_PER_JOB),
  /** Only to see whether it is what it should be: workers have died of compressing it. */
  verifyOnly: z.literal(true).exactOptional(),
});
export type CompressBlobsPayload = z.infer<typeof compressBlobsPayloadSchema>;

/** Counts again what every account uses. It needs no input. */
export const recountQuotaPayloadSchema = z.object({});
export type RecountQuotaPayload = z.infer<typeof recountQuotaPayloadSchema>;

/** Sends what is to be told to a webhook. */
export const deliverWebhookPayloadSchema = z.object({ deliveryId: z.uuid() });
export type DeliverWebhookPayload = z.infer<typeof deliverWebhookPayloadSchema>;

/** The sweep repairs what a crash left and removes what has expired. It needs no input. */
export const sweepPayloadSchema = z.object({});
export type SweepPayload = z.infer<typeof sweepPayloadSchema>;
