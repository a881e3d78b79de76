import { z } from 'zod';
import { rowRangeInputSchema, rowWindowInputSchema, rowWindowSchema } from './row-window.ts';

/** A file in the trash as the list shows it. */
export const trashRowSchema = z.object({
  id: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  deletedAt: z.string(),
  /** From then on it is gone for good. */
  purgedFrom: z.string(),
});
export type TrashRow = z.infer<typeof trashRowSchema>;

const trashSortSchema = z.enum(['path', 'sizeBytes', 'deletedAt', 'purgedFrom']);
export type TrashSort = z.infer<typeof trashSortSchema>;

export const trashWindowInputSchema = rowWindowInputSchema(trashSortSchema);
export const trashRangeInputSchema = rowRangeInputSchema(trashSortSchema);
export const trashWindowSchema = rowWindowSchema(trashRowSchema);

/** All that is in it, as far as that is known. */
export const trashSizeSchema = z.object({
  files: z.number(),
  sizeBytes: z.number(),
  isComplete: z.boolean(),
});

/** What came of files that were to be taken out of the trash. */
export const restoredSchema = z.object({
  restored: z.number(),
  /** Their paths are taken: they are in the trash still. */
  taken: z.array(z.object({ id: z.string(), suggestedPath: z.string() })),
  /** Why the rest were not tried any more; null when all were. */
  failure: z.string().nullable(),
});
export type Restored = z.infer<typeof restoredSchema>;
