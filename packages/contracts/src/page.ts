import { z } from 'zod';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from './limits.ts';

/** How many a page holds. A schema for each place: what reads queries makes numbers of texts, and must not do so for bodies. */
export const limitSchema = () =>
  z.number().int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE).meta({
    description: 'How many one page holds at most.',
  });

/** A page of things whose ids follow the order in which they were made, the newest first. */
export const pageInputSchema = () =>
  z.object({
    cursor: z.uuid().optional().meta({ description: '`nextCursor` of the page before.' }),
    limit: limitSchema(),
  });
export type PageInput = z.infer<ReturnType<typeof pageInputSchema>>;

export const nextCursorSchema = z.uuid().nullable().meta({ description: 'null on the last page.' });
