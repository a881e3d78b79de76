import { z } from 'zod';
import { fileIdSchema, fileSchema } from './file.ts';
import { folderSchema } from './folder.ts';
import { limitSchema } from './page.ts';
import { filePathSchema } from './path.ts';

export const trashedFileSchema = fileSchema
  .extend({
    deletedAt: z.iso.datetime(),
    purgedFrom: z.iso.datetime().meta({ description: 'From then on it is removed for good.' }),
  })
  .meta({ id: 'TrashedFile' });
export type TrashedFileDto = z.infer<typeof trashedFileSchema>;

export const listTrashInputSchema = z.object({
  cursor: z.string().max(200).optional().meta({ description: '`nextCursor` of the page before.' }),
  limit: limitSchema(),
});
export type ListTrashInput = z.infer<typeof listTrashInputSchema>;

export const listTrashResultSchema = z.object({
  items: z.array(trashedFileSchema),
  nextCursor: z.string().nullable().meta({ description: 'null on the last page.' }),
});
export type ListTrashResult = z.infer<typeof listTrashResultSchema>;

export const restoreFileInputSchema = z.object({
  id: fileIdSchema,
  path: filePathSchema.optional().meta({ description: 'Where to put it; where it was when left out.' }),
});
export type RestoreFileInput = z.infer<typeof restoreFileInputSchema>;

export const restoreFolderInputSchema = z.object({
  path: folderSchema,
  deletedAt: z.iso.datetime().meta({ description: 'When it was deleted, as the deletion answered it.' }),
});
export type RestoreFolderInput = z.infer<typeof restoreFolderInputSchema>;

export const restoreFolderResultSchema = z.object({ files: z.number().int() });
export type RestoreFolderResult = z.infer<typeof restoreFolderResultSchema>;

export const emptyTrashResultSchema = z.object({ files: z.number().int() });
export type EmptyTrashResult = z.infer<typeof emptyTrashResultSchema>;
