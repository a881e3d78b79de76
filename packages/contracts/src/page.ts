import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';

/** A page of things whose ids follow the order in which they were made, the newest first. */
export const pageInputSchema = () =>
  z.object({
    cursor: z.uuid().optional().meta({ description: '`nextCursor` of the page before.' }),
    limit: z.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
  });
export type PageInput = z.infer<ReturnType<typeof pageInputSchema>>;

export const nextCursorSchema = z.uuid().nullable().meta({ description: 'null on the last page.' });
