import { z } from 'zod';

const amountSchema = z.object({ files: z.number().int(), sizeBytes: z.number().int() });

/** What an account holds now, summed over its files' current versions. */
export const usageSchema = z
  .object({
    files: z.number().int(),
    sizeBytes: z.number().int().meta({ description: 'Sum of the sizes of the files.' }),
    storedBytes: z.number().int().meta({
      description: 'Bytes their contents take in the object store; equal content counts once.',
    }),
    byStatus: z.object({ stored: amountSchema, ready: amountSchema, failed: amountSchema }),
    compressing: z
      .array(
        z.object({
          path: z.string(),
          sizeBytes: z.number().int(),
          doneBytes: z.number().int().nullable().meta({
            description: 'How much of it is compressed; null when that was not reported (yet).',
          }),
        }),
      )
      .meta({ description: 'A few of the files a worker has in hand at this moment.' }),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof usageSchema>;
