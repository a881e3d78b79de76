import {
  contentUrlInputSchema,
  contentUrlSchema,
  deleteFileInputSchema,
  deleteFileResultSchema,
  deleteFilesInputSchema,
  deleteFilesResultSchema,
  fileByPathInputSchema,
  fileIdInputSchema,
  fileSchema,
  listFilesInputSchema,
  listFilesResultSchema,
  moveFileInputSchema,
  moveFilesInputSchema,
  moveFilesResultSchema,
} from '@instashare/contracts';
import { toBatchResult } from '../edge/to-batch-result.ts';
import { deleteFile } from '../services/delete-file.ts';
import { deleteFiles } from '../services/delete-files.ts';
import { getContentUrl } from '../services/get-content-url.ts';
import { getFile, getFileByPath } from '../services/get-file.ts';
import { listFiles } from '../services/list-files.ts';
import { moveFile } from '../services/move-file.ts';
import { moveFiles } from '../services/move-files.ts';
import { retryFile } from '../services/retry-file.ts';
import { readClaimedProcedure, readProcedure, router, writeProcedure } from './init.ts';

const tags = ['Files'];

export const filesRouter = router({
  list: readClaimedProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files',
        tags,
        protect: true,
        summary: 'List files, in the order of their paths',
        description:
          'A page at a time, with `nextCursor` as the `cursor` of the next: files that come or go meanwhile ' +
          'move no other across a page. Paths are ordered by the bytes of their UTF-8.',
      },
    })
    .input(listFilesInputSchema)
    .output(listFilesResultSchema)
    .query(({ ctx, input }) => listFiles(ctx.deps, ctx.claim, input)),

  get: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files/{id}',
        tags,
        protect: true,
        summary: 'Get a file',
        description:
          'The header `ETag` is its version: send it as `If-Match` with a change, and the change is made only ' +
          'if nobody else was faster.',
      },
      errors: ['file_not_found'],
    })
    .input(fileIdInputSchema)
    .output(fileSchema)
    .query(async ({ ctx, input }) => ctx.tellVersion(await getFile(ctx.deps, ctx.principal.userId, input))),

  byPath: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/file_by_path',
        tags,
        protect: true,
        summary: 'Get the file at a path',
        description: 'As `GET /files/{id}`, for who knows the path and not the id.',
      },
      errors: ['file_not_found'],
    })
    .input(fileByPathInputSchema)
    .output(fileSchema)
    .query(async ({ ctx, input }) =>
      ctx.tellVersion(await getFileByPath(ctx.deps, ctx.principal.userId, input)),
    ),

  contentUrl: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files/{id}/content_url',
        tags,
        protect: true,
        summary: 'Get an address of the stored object, to read and decode it yourself',
        description:
          'For programs that would rather read from the store than through this server. The bytes may be ' +
          'compressed, and lie in an object with others: see `encoding`, `offset` and `storedBytes`.',
      },
      errors: ['file_not_found', 'version_not_found', 'content_failed'],
    })
    .input(contentUrlInputSchema)
    .output(contentUrlSchema)
    .query(({ ctx, input }) => getContentUrl(ctx.deps, ctx.principal.userId, input)),

  move: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/files/{id}/move',
        tags,
        protect: true,
        summary: 'Move or rename a file; its id, versions and bytes stay',
        description: 'When the path is taken, the answer is 409 and `suggestedPath` is one that was free.',
      },
      errors: ['file_not_found', 'path_taken', 'version_mismatch'],
    })
    .input(moveFileInputSchema)
    .output(fileSchema)
    .mutation(async ({ ctx, input }) =>
      ctx.tellVersion(await moveFile(ctx.deps, ctx.principal.userId, { ...input, expected: ctx.expected })),
    ),

  moveMany: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/files/move',
        tags,
        protect: true,
        summary: 'Move or rename many files; one that is refused keeps back no other',
        description:
          'All of them at once: a file may take the path that another of them leaves, so two can change places.',
      },
    })
    .input(moveFilesInputSchema)
    .output(moveFilesResultSchema)
    .mutation(async ({ ctx, input }) => ({
      results: (await moveFiles(ctx.deps, ctx.principal.userId, input)).map(toBatchResult),
    })),

  retry: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/files/{id}/retry',
        tags,
        protect: true,
        summary: 'Verify and compress a failed file again',
        description:
          'For one that failed because of a fault that is mended. Where the bytes themselves are wrong, upload ' +
          'the file again. A file that has not failed stays as it is.',
      },
      errors: ['file_not_found'],
    })
    .input(fileIdInputSchema)
    .output(fileSchema)
    .mutation(async ({ ctx, input }) =>
      ctx.tellVersion(await retryFile(ctx.deps, ctx.principal.userId, input)),
    ),

  delete: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/files/{id}',
        tags,
        protect: true,
        summary: 'Put a file into the trash',
        description:
          'Its path is free at once. It can be restored by `POST /trash/{id}/restore` while it is in the ' +
          'trash.',
      },
      errors: ['file_not_found', 'version_mismatch'],
    })
    .input(deleteFileInputSchema)
    .output(deleteFileResultSchema)
    .mutation(({ ctx, input }) => deleteFile(ctx.deps, ctx.principal, { ...input, expected: ctx.expected })),

  deleteMany: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/files/delete',
        tags,
        protect: true,
        summary: 'Put many files into the trash; one that is refused keeps back no other',
        description: 'Each file has a result of its own, in the order of the request.',
      },
    })
    .input(deleteFilesInputSchema)
    .output(deleteFilesResultSchema)
    .mutation(async ({ ctx, input }) => ({
      results: (await deleteFiles(ctx.deps, ctx.principal, input)).map(toBatchResult),
    })),
});
