import { z } from 'zod';
import { folderSchema } from './folder.ts';
import { MAX_PASSWORD_LENGTH, MIN_SHARE_PASSWORD_LENGTH } from './limits.ts';
import { nextCursorSchema, pageInputSchema } from './page.ts';
import { futureSchema } from './token.ts';

/** A share link as its owner sees it: never the link itself, which is told once. */
export const shareSchema = z
  .object({
    id: z.uuid(),
    fileId: z.uuid().nullable().meta({ description: 'The file that is shared; null for a folder.' }),
    folder: z.string().nullable().meta({ description: 'The folder that is shared; null for a file.' }),
    hasPassword: z.boolean(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().meta({ description: 'null: it does not expire.' }),
    maxDownloads: z.number().int().nullable().meta({ description: 'null: as many as are asked for.' }),
    downloads: z.number().int(),
  })
  .meta({ id: 'Share' });
export type ShareDto = z.infer<typeof shareSchema>;

export const createShareInputSchema = z
  .object({
    fileId: z.uuid().optional().meta({ description: 'A file: whatever its current version is.' }),
    folder: folderSchema.optional().meta({ description: 'Or a folder: whatever lies in it.' }),
    expiresAt: futureSchema.optional().meta({ description: 'Until when it works; for ever when left out.' }),
    password: z
      .string()
      .min(MIN_SHARE_PASSWORD_LENGTH, `must have at least ${MIN_SHARE_PASSWORD_LENGTH} characters`)
      .max(MAX_PASSWORD_LENGTH)
      .optional()
      .meta({
        description: 'Asked for before anything is shown.',
      }),
    maxDownloads: z
      .number()
      .int()
      .min(1)
      .max(2 ** 31 - 1)
      .optional()
      .meta({
        description: 'So many downloads, and no more; there is then no preview, and no range of a download.',
      }),
  })
  .refine(({ fileId, folder }) => (fileId === undefined) !== (folder === undefined), {
    message: 'must name either a fileId or a folder',
    path: ['fileId'],
  })
  .meta({ examples: [{ folder: 'photos/2026', maxDownloads: 10 }] });
export type CreateShareInput = z.infer<typeof createShareInputSchema>;

export const createShareResultSchema = z.object({
  url: z.string().meta({
    example: 'http://127.0.0.1:8321/s/…',
    description: 'The link: it is told this once. Whoever has it may download.',
  }),
  share: shareSchema,
});
export type CreateShareResult = z.infer<typeof createShareResultSchema>;

export const listSharesInputSchema = pageInputSchema();
export const listSharesResultSchema = z.object({
  items: z.array(shareSchema),
  nextCursor: nextCursorSchema,
});
export type ListSharesResult = z.infer<typeof listSharesResultSchema>;

export const shareIdInputSchema = z.object({ id: z.uuid().meta({ description: 'Id of the share link.' }) });
export type ShareIdInput = z.infer<typeof shareIdInputSchema>;
