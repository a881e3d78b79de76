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
import { router, writeClaimedProcedure, writeProcedure } from './init.ts';
import { once } from './once.ts';

const tags = ['Uploads'];

export const uploadsRouter = router({
  create: writeClaimedProcedure
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
      },
      errors: ['upload_not_found', 'version_mismatch', 'quota_exceeded', 'size_mismatch', 'storage_full'],
      isIdempotent: true,
    })
    .input(createUploadInputSchema)
    .output(createUploadResultSchema)
    .mutation(async ({ ctx, input }) => {
      const { claim, deps, expected } = ctx;
      if (ctx.idempotencyKey !== undefined) await claim.confirm();
      const { principal } = claim;
      return once({ ...ctx, principal }, { operation: 'uploads.create', input }, (keep) =>
        createUpload(deps, claim, { ...input, expected, keep }),
      );
    }),

  get: writeProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/uploads/{id}',
        tags,
        protect: true,
        summary: 'Get an open upload session again, with an address that works',
        description:
          'For a client that was interrupted: the bytes that were sent count, and a PUT with `Content-Range: ' +
          'bytes */total` says how many.',
      },
      errors: ['upload_not_found', 'upload_finished', 'upload_expired'],
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
          'Asked twice, it answers the same. The header `ETag` is the version of the file. The sha256 is needed here when it was not given before.',
      },
      errors: [
        'checksum_missing',
        'upload_not_found',
        'upload_incomplete',
        'upload_finished',
        'upload_expired',
        'version_mismatch',
        'quota_exceeded',
        'checksum_mismatch',
        'size_mismatch',
        'storage_full',
      ],
    })
    .input(completeUploadInputSchema)
    .output(completeUploadResultSchema)
    .mutation(async ({ ctx, input }) => {
      const { expected } = ctx;
      const { file } = await completeUpload(ctx.deps, ctx.principal.userId, { ...input, expected });
      return { file: ctx.tellVersion(file) };
    }),

  cancel: writeProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/uploads/{id}',
        tags,
        protect: true,
        summary: 'Cancel an upload session; its bytes are dropped',
        description: 'Room that was reserved for it is free again. Cancelling twice is fine.',
      },
      errors: ['upload_not_found', 'upload_finished'],
    })
    .input(uploadIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await cancelUpload(ctx.deps, ctx.principal.userId, input);
      return {};
    }),
});
