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
    trash: amountSchema.meta({ description: 'Deleted files that can still be restored.' }),
    quota: z.object({
      usedBytes: z
        .number()
        .int()
        .meta({
          description:
            'Bytes of all content, each counted once, old versions and trash included, and what open uploads ' +
            'have announced.',
        }),
      limitBytes: z.number().int().nullable().meta({ description: 'null: no limit.' }),
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
