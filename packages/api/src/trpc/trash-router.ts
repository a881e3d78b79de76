import {
  emptyTrashResultSchema,
  fileIdInputSchema,
  fileSchema,
  listTrashInputSchema,
  listTrashResultSchema,
  purgeFilesInputSchema,
  purgeFilesResultSchema,
  restoreFileInputSchema,
  restoreFilesInputSchema,
  restoreFilesResultSchema,
  restoreFolderInputSchema,
  restoreFolderResultSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { toBatchResult } from '../edge/to-batch-result.ts';
import { emptyTrash } from '../services/empty-trash.ts';
import { listTrash } from '../services/list-trash.ts';
import { purgeFile } from '../services/purge-file.ts';
import { purgeFiles } from '../services/purge-files.ts';
import { restoreFile } from '../services/restore-file.ts';
import { restoreFiles } from '../services/restore-files.ts';
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

  restoreMany: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/trash/restore',
        tags,
        protect: true,
        summary: 'Take many files out of the trash; one that is refused keeps back no other',
        description: 'Each file has a result of its own, in the order of the request.',
      },
    })
    .input(restoreFilesInputSchema)
    .output(restoreFilesResultSchema)
    .mutation(async ({ ctx, input }) => ({
      results: (await restoreFiles(ctx.deps, ctx.principal.userId, input)).map(toBatchResult),
    })),

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

  purgeMany: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/trash/purge',
        tags,
        protect: true,
        summary: 'Remove many files of the trash for good, with their versions',
        description: 'Those that are not in the trash are passed over.',
      },
    })
    .input(purgeFilesInputSchema)
    .output(purgeFilesResultSchema)
    .mutation(({ ctx, input }) => purgeFiles(ctx.deps, ctx.principal, input)),

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
