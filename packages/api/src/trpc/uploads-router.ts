import {
  completeUploadInputSchema,
  completeUploadResultSchema,
  createUploadInputSchema,
  createUploadResultSchema,
  uploadIdInputSchema,
  uploadResultSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { cancelUpload } from '../services/cancel-upload.ts';
import { completeUpload } from '../services/complete-upload.ts';
import { createUpload } from '../services/create-upload.ts';
import { getUpload } from '../services/get-upload.ts';
import { router, writeProcedure } from './init.ts';

const tags = ['Uploads'];

export const uploadsRouter = router({
  create: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/uploads',
        tags,
        protect: true,
        summary: 'Open an upload session, or link content you already have',
        description:
          'Send the bytes to `upload.url` by PUT: the whole body at once, or in chunks with `Content-Range`. ' +
          'Then complete the upload.',
        errorResponses: [400, 401, 412, 413, 415, 422, 500, 503, 507],
      },
    })
    .input(createUploadInputSchema)
    .output(createUploadResultSchema)
    .mutation(({ ctx, input }) =>
      createUpload(ctx.deps, ctx.principal.userId, { ...input, expected: ctx.expected }),
    ),

  get: writeProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/uploads/{id}',
        tags,
        protect: true,
        summary: 'Get an open upload session again, with an address that works',
        errorResponses: [400, 401, 404, 409, 410, 500, 503],
      },
    })
    .input(uploadIdInputSchema)
    .output(uploadResultSchema)
    .query(({ ctx, input }) => getUpload(ctx.deps, ctx.principal.userId, input)),

  complete: writeProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/uploads/{id}/complete',
        tags,
        protect: true,
        summary: 'Turn the bytes sent into the current version of the file',
        description:
          'Asked twice, it answers the same. The sha256 is needed here when it was not given before.',
        errorResponses: [400, 401, 404, 409, 410, 412, 413, 415, 422, 500, 503],
      },
    })
    .input(completeUploadInputSchema)
    .output(completeUploadResultSchema)
    .mutation(({ ctx, input }) =>
      completeUpload(ctx.deps, ctx.principal.userId, { ...input, expected: ctx.expected }),
    ),

  cancel: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/uploads/{id}',
        tags,
        protect: true,
        summary: 'Cancel an upload session; its bytes are dropped',
        errorResponses: [400, 401, 404, 409, 500, 503],
      },
    })
    .input(uploadIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await cancelUpload(ctx.deps, ctx.principal.userId, input);
      return {};
    }),
});
