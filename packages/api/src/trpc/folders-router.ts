import {
  deleteFolderInputSchema,
  deleteFolderResultSchema,
  moveFolderInputSchema,
  moveFolderResultSchema,
} from '@instashare/contracts';
import { deleteFolder } from '../services/delete-folder.ts';
import { moveFolder } from '../services/move-folder.ts';
import { router, writeProcedure } from './init.ts';

const tags = ['Folders'];

export const foldersRouter = router({
  move: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/folders/move',
        tags,
        protect: true,
        summary: 'Move or rename a folder with all its files, or none',
        description:
          'When another file has the new path of one of them, the answer is 409 and names that path.',
      },
      errors: ['folder_not_found', 'path_taken'],
    })
    .input(moveFolderInputSchema)
    .output(moveFolderResultSchema)
    .mutation(({ ctx, input }) => moveFolder(ctx.deps, ctx.principal.userId, input)),

  delete: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/folders',
        tags,
        protect: true,
        summary: 'Put all files of a folder into the trash',
        description:
          'All of them carry the same `deletedAt`, with which `POST /trash/restore_folder` restores them.',
      },
      errors: ['folder_not_found'],
    })
    .input(deleteFolderInputSchema)
    .output(deleteFolderResultSchema)
    .mutation(({ ctx, input }) => deleteFolder(ctx.deps, ctx.principal, input)),
});
