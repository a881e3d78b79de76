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
import { readProcedure, router, writeProcedure } from './init.ts';

const tags = ['Files'];

export const filesRouter = router({
  list: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files',
        tags,
        protect: true,
        summary: 'List files, in the order of their paths',
        errorResponses: [400, 401, 500, 503],
      },
    })
    .input(listFilesInputSchema)
    .output(listFilesResultSchema)
    .query(({ ctx, input }) => listFiles(ctx.deps, ctx.principal.userId, input)),

  get: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files/{id}',
        tags,
        protect: true,
        summary: 'Get a file',
        errorResponses: [400, 401, 404, 500, 503],
      },
    })
    .input(fileIdInputSchema)
    .output(fileSchema)
    .query(({ ctx, input }) => getFile(ctx.deps, ctx.principal.userId, input)),

  byPath: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/file_by_path',
        tags,
        protect: true,
        summary: 'Get the file at a path',
        errorResponses: [400, 401, 404, 500, 503],
      },
    })
    .input(fileByPathInputSchema)
    .output(fileSchema)
    .query(({ ctx, input }) => getFileByPath(ctx.deps, ctx.principal.userId, input)),

  contentUrl: readProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/files/{id}/content_url',
        tags,
        protect: true,
        summary: 'Get an address of the stored object, to read and decode it yourself',
        errorResponses: [400, 401, 404, 409, 500, 503],
      },
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
        errorResponses: [400, 401, 404, 409, 412, 413, 415, 500, 503],
      },
    })
    .input(moveFileInputSchema)
    .output(fileSchema)
    .mutation(({ ctx, input }) =>
      moveFile(ctx.deps, ctx.principal.userId, { ...input, expected: ctx.expected }),
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
        errorResponses: [400, 401, 413, 415, 500, 503],
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
        errorResponses: [400, 401, 404, 500, 503],
      },
    })
    .input(fileIdInputSchema)
    .output(fileSchema)
    .mutation(({ ctx, input }) => retryFile(ctx.deps, ctx.principal.userId, input)),

  delete: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/files/{id}',
        tags,
        protect: true,
        summary: 'Put a file into the trash',
        errorResponses: [400, 401, 404, 412, 500, 503],
      },
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
        errorResponses: [400, 401, 413, 415, 500, 503],
      },
    })
    .input(deleteFilesInputSchema)
    .output(deleteFilesResultSchema)
    .mutation(async ({ ctx, input }) => ({
      results: (await deleteFiles(ctx.deps, ctx.principal, input)).map(toBatchResult),
    })),
});
