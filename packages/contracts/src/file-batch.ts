import { z } from 'zod';
import { errorBodySchema } from './error.ts';
import { deleteFileResultSchema, fileSchema, moveFileInputSchema } from './file.ts';
import { MAX_BATCH_FILES } from './limits.ts';
import { filePathSchema } from './path.ts';
import { restoreFileInputSchema } from './trash.ts';
import { ifVersionSchema } from './version-number.ts';

/** Each file once: what would two wishes for one file mean? */
const distinctIds = (files: readonly { readonly id: string }[]) =>
  new Set(files.map(({ id }) => id)).size === files.length;
const DISTINCT_IDS = 'files must name each file once';

const ifPathSchema = filePathSchema.optional().meta({
  description: 'Only if the file is at this path still: else it is refused with `version_mismatch`.',
});

const moveSchema = moveFileInputSchema.extend({ ifPath: ifPathSchema });

export const moveFilesInputSchema = z.object({
  files: z.array(moveSchema).min(1).max(MAX_BATCH_FILES).refine(distinctIds, DISTINCT_IDS),
});
export type MoveFilesInput = z.infer<typeof moveFilesInputSchema>;

const deletionSchema = z.object({
  id: z.uuid(),
  ifVersion: ifVersionSchema().optional(),
  ifPath: ifPathSchema,
});

export const deleteFilesInputSchema = z.object({
  files: z.array(deletionSchema).min(1).max(MAX_BATCH_FILES).refine(distinctIds, DISTINCT_IDS),
});
export type DeleteFilesInput = z.infer<typeof deleteFilesInputSchema>;

export const restoreFilesInputSchema = z.object({
  files: z.array(restoreFileInputSchema).min(1).max(MAX_BATCH_FILES).refine(distinctIds, DISTINCT_IDS),
  underFreeNames: z.boolean().default(false).meta({
    description: 'Where a path is taken, put the file beside it, under a name that is free: `a (2).txt`.',
  }),
});
export type RestoreFilesInput = z.infer<typeof restoreFilesInputSchema>;

export const purgeFilesInputSchema = z.object({
  ids: z.array(z.uuid()).min(1).max(MAX_BATCH_FILES),
});
export type PurgeFilesInput = z.infer<typeof purgeFilesInputSchema>;

const refusedSchema = z.object({ error: errorBodySchema });

/** What came of each file, in their order: one that is refused keeps back no other. */
export const moveFilesResultSchema = z.object({
  results: z.array(z.union([z.object({ id: z.uuid(), path: z.string() }), refusedSchema])),
});
export type MoveFilesResult = z.infer<typeof moveFilesResultSchema>;

export const restoreFilesResultSchema = z.object({
  results: z.array(z.union([z.object({ file: fileSchema }), refusedSchema])),
});
export type RestoreFilesResult = z.infer<typeof restoreFilesResultSchema>;

export const purgeFilesResultSchema = z.object({
  ids: z.array(z.uuid()).meta({ description: 'Those that were removed; the others are not in the trash.' }),
});
export type PurgeFilesResult = z.infer<typeof purgeFilesResultSchema>;

export const deleteFilesResultSchema = z.object({
  results: z.array(z.union([deleteFileResultSchema, refusedSchema])),
});
export type DeleteFilesResult = z.infer<typeof deleteFilesResultSchema>;
