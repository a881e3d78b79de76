import {
  emptyTrashResultSchema,
  fileIdInputSchema,
  fileSchema,
  listTrashInputSchema,
  listTrashResultSchema,
  restoreFileInputSchema,
  restoreFolderInputSchema,
  restoreFolderResultSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { emptyTrash } from '../services/empty-trash.ts';
import { listTrash } from '../services/list-trash.ts';
import { purgeFile } from '../services/purge-file.ts';
import { restoreFile } from '../services/restore-file.ts';
import { restoreFolder } from '../services/restore-folder.ts';
import { readProcedure, router, writeProcedure } from './init.ts';

const tags = ['Trash'];

export const trashRouter = router({
  list: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/trash',
        tags,
        protect: true,
        summary: 'List deleted files, the last deleted first',
        description: 'They can be restored until `purgedFrom`.',
      },
    })
    .input(listTrashInputSchema)
    .output(listTrashResultSchema)
    .query(({ ctx, input }) => listTrash(ctx.deps, ctx.principal.userId, input)),

  restore: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/trash/{id}/restore',
        tags,
        protect: true,
        summary: 'Take a file out of the trash',
        description: 'When its path is taken, the answer is 409 and `suggestedPath` is one that was free.',
      },
      errors: ['file_not_found', 'path_taken'],
    })
    .input(restoreFileInputSchema)
    .output(fileSchema)
    .mutation(async ({ ctx, input }) =>
      ctx.tellVersion(await restoreFile(ctx.deps, ctx.principal.userId, input)),
    ),

  restoreFolder: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/trash/restore_folder',
        tags,
        protect: true,
        summary: 'Take all files of a deleted folder out of the trash, or none',
        description: 'When another file has one of their paths, the answer is 409 and names it.',
      },
      errors: ['folder_not_found', 'path_taken'],
    })
    .input(restoreFolderInputSchema)
    .output(restoreFolderResultSchema)
    .mutation(({ ctx, input }) => restoreFolder(ctx.deps, ctx.principal.userId, input)),

  purge: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/trash/{id}',
        tags,
        protect: true,
        summary: 'Remove a file of the trash for good, with its versions',
        description: 'Share links to it end. What other files share of its content stays.',
      },
      errors: ['file_not_found'],
    })
    .input(fileIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await purgeFile(ctx.deps, ctx.principal, input);
      return {};
    }),

  empty: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/trash',
        tags,
        protect: true,
        summary: 'Remove for good all that is in the trash now',
        description: 'What is deleted while this runs stays in the trash.',
      },
    })
    .input(z.object({}).optional())
    .output(emptyTrashResultSchema)
    .mutation(({ ctx }) => emptyTrash(ctx.deps, ctx.principal)),
});
