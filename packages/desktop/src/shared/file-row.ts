import { z } from 'zod';

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

export const sortKeySchema = z.enum(['path', 'sizeBytes', 'saved', 'updatedAt', 'status']);
export type SortKey = z.infer<typeof sortKeySchema>;

const MAX_WINDOW_ROWS = 500;

/** A part of the list: what is searched for, in which order, from where on. */
export const fileWindowInputSchema = z.object({
  search: z.string().max(1024),
  sort: sortKeySchema,
  isDescending: z.boolean(),
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(MAX_WINDOW_ROWS),
});
export type FileWindowInput = z.infer<typeof fileWindowInputSchema>;

export const fileWindowSchema = z.object({
  rows: z.array(fileRowSchema),
  /** How many match in all. */
  total: z.number(),
  /** False until the whole list has been fetched for the first time. */
  isComplete: z.boolean(),
  /** Why the list could not be fetched; null when it could, or is still on its way. */
  failure: z.string().nullable(),
});
export type FileWindow = z.infer<typeof fileWindowSchema>;
