import { errors } from '@instashare/backend/errors';
import type { UploadReceiver, UploadSessionStatus } from '@instashare/backend/storage';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { toAppError } from '../edge/to-app-error.ts';
import { cancelUpload } from '../services/cancel-upload.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { findUploadByUrl } from '../services/find-upload-by-url.ts';
import { receiveUpload } from '../services/receive-upload.ts';
import { abortSignalOf } from './abort-signal.ts';
import { type ContentRange, parseContentRange } from './content-range.ts';
import { ANY_LENGTH } from './limit-body-time.ts';
import { logUnexpected, sendError } from './reply-error.ts';

const paramsSchema = z.object({ uploadId: z.uuid() });
const querySchema = z.record(z.string(), z.unknown());

type Used = Dependencies & { readonly uploadReceiver: UploadReceiver };

/**
 * The receiving end of upload sessions on disk, by the protocol of Google Cloud Storage's resumable uploads
 * (https://cloud.google.com/storage/docs/performing-resumable-uploads): PUT the whole body, or chunks with
 * `Content-Range: bytes a-b/total`; 308 with `Range: bytes=0-n` says how far it got (no Range: nothing was
 * kept); `Content-Range: bytes * /total` asks; DELETE cancels. The signed address stands for the log-in.
 */
export const uploadSessionRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  // Bytes are bytes, whatever their type: they are handed on as the stream they come in.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

  // The signed address stands for the log-in.
  const config = { access: 'public' } as const;
  app.put('/storage/uploads/:uploadId', { bodyLimit: ANY_LENGTH, config }, async (request, reply) => {
    try {
      const status = await receive(deps, request, reply);
      return await sendStatus(reply, status);
    } catch (error) {
      const appError = toAppError(error);
      logUnexpected(request.log, appError);
      return sendError(reply, appError);
    }
  });

  app.delete('/storage/uploads/:uploadId', { config }, async (request, reply) => {
    const { uploadId } = paramsSchema.parse(request.params);
    const upload = await findUploadByUrl(deps, uploadId, querySchema.parse(request.query));
    await cancelUpload(deps, upload.userId, { id: upload.id });
    return reply.code(204).send();
  });
};

async function receive(
  deps: Used,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<UploadSessionStatus> {
  const { uploadId } = paramsSchema.parse(request.params);
  const upload = await findUploadByUrl(deps, uploadId, querySchema.parse(request.query));
  const { objectKey: key, sizeBytes } = upload;
  const range = parseContentRange(request.headers['content-range'], sizeBytes);
  if (range.kind === 'query') return deps.uploadReceiver.status(key, sizeBytes);
  requireLength(request, range, sizeBytes);
  const offset = range.kind === 'whole' ? 0 : range.first;
  return receiveUpload(deps, upload, { offset, body: request.raw, signal: abortSignalOf(reply) });
}

/** Refuses before the first byte what can be seen to be wrong by its length. */
function requireLength(request: FastifyRequest, range: ContentRange, sizeBytes: number): void {
  const header = request.headers['content-length'];
  if (header === undefined) {
    if (range.kind !== 'chunk') return;
    throw errors.invalidField('Content-Length', 'a chunk needs a Content-Length');
  }
  const lengthBytes = Number(header);
  if (range.kind === 'whole' && lengthBytes !== sizeBytes) {
    throw errors.sizeMismatch(sizeBytes, `the body has ${lengthBytes}`);
  }
  if (range.kind === 'chunk' && lengthBytes !== range.last - range.first + 1) {
    throw errors.invalidField(
      'Content-Range',
      `Content-Range names another length than the ${lengthBytes} bytes of the body`,
    );
  }
}

function sendStatus(reply: FastifyReply, status: UploadSessionStatus): FastifyReply {
  if (status.state === 'gone') throw errors.uploadNotFound();
  if (status.state === 'finished') return reply.code(200).send({ sizeBytes: status.sizeBytes });
  if (status.receivedBytes > 0) void reply.header('range', `bytes=0-${status.receivedBytes - 1}`);
  return reply.code(308).send();
}
