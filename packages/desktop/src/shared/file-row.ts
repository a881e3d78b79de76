import { z } from 'zod';
import { rowRangeInputSchema, rowWindowInputSchema, rowWindowSchema } from './row-window.ts';

/** A file on the server as the list shows it. */
export const fileRowSchema = z.object({
  id: z.string(),
  path: z.string(),
  sizeBytes: z.number(),
  storedBytes: z.number(),
  status: z.enum(['stored', 'ready', 'failed']),
  version: z.number(),
  updatedAt: z.string(),
});
export type FileRow = z.infer<typeof fileRowSchema>;

const sortKeySchema = z.enum(['path', 'sizeBytes', 'saved', 'updatedAt', 'status']);
export type SortKey = z.infer<typeof sortKeySchema>;

export const fileWindowInputSchema = rowWindowInputSchema(sortKeySchema);
export const fileRangeInputSchema = rowRangeInputSchema(sortKeySchema);
export const fileWindowSchema = rowWindowSchema(fileRowSchema);
