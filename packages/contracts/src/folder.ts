import { z } from 'zod';
import { folderPathSchema } from './path.ts';
import { filePathProblem } from './path-rules.ts';

/** A folder that is not the root; one "/" at its end does not matter. */
export const folderSchema = folderPathSchema
  .refine((path) => filePathProblem(path.replace(/\/$/, '')) === null, 'path must name a folder')
  .meta({ description: 'Path of the folder.', example: 'photos/2026' });

export const moveFolderInputSchema = z.object({
  from: folderSchema,
  to: folderSchema.meta({ description: 'Path of the folder afterwards; it may have files already.' }),
});
export type MoveFolderInput = z.infer<typeof moveFolderInputSchema>;

export const moveFolderResultSchema = z.object({ files: z.number().int() });
export type MoveFolderResult = z.infer<typeof moveFolderResultSchema>;

export const deleteFolderInputSchema = z.object({ path: folderSchema });
export type DeleteFolderInput = z.infer<typeof deleteFolderInputSchema>;

export const deleteFolderResultSchema = z.object({ files: z.number().int(), deletedAt: z.iso.datetime() });
export type DeleteFolderResult = z.infer<typeof deleteFolderResultSchema>;
