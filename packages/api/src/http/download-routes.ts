import { errors } from '@instashare/backend/errors';
import { create as contentDisposition } from 'content-disposition';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticate } from '../auth/authenticate.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { findFile } from '../services/get-file.ts';
import { openFileContent } from '../services/open-file-content.ts';
import { abortSignalOf } from './abort-signal.ts';
import { requestedRange } from './requested-range.ts';

const paramsSchema = z.object({ id: z.uuid() });

type Used = Pick<Dependencies, 'accessTokens' | 'database' | 'log' | 'now' | 'objects'>;

/** `GET` and `HEAD /files/{id}/content`: the bytes, whole or a range of them, decoded on the way. */
export const downloadRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  // HEAD by name: the one that Fastify adds to a GET says that an answer without a body has the length 0.
  app.route({
    method: ['GET', 'HEAD'],
    url: '/files/:id/content',
    handler: (request, reply) => serve(deps, request, reply),
  });
};

async function serve(deps: Used, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { userId } = await authenticate(deps, request.headers.authorization);
  const { id } = paramsSchema.parse(request.params);
  const file = await findFile(deps, userId, id);
  if (file.status === 'failed')
    throw errors.contentFailed('it did not match its sha256 when it was verified');

  const etag = `"${file.sha256}"`;
  const modifiedAt = file.modifiedAt ?? file.updatedAt;
  describe(reply, { path: file.path, contentType: file.contentType, etag, modifiedAt });
  if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();

  const range = requestedRange(request.headers, { sizeBytes: file.sizeBytes, etag });
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw errors.rangeNotSatisfiable(file.sizeBytes);
  }
  const { offset, lengthBytes } = range ?? { offset: 0, lengthBytes: file.sizeBytes };
  void reply.header('content-length', lengthBytes);
  if (range !== null) {
    const last = offset + lengthBytes - 1;
    void reply.code(206).header('content-range', `bytes ${offset}-${last}/${file.sizeBytes}`);
  }
  if (request.method === 'HEAD') return reply.send();
  const signal = abortSignalOf(reply);
  return reply.send(await openFileContent(deps, file, { offset, lengthBytes, signal }));
}

/** Headers of the file as a whole. Nothing that was uploaded may run or be sniffed in our origin. */
function describe(
  reply: FastifyReply,
  file: { path: string; contentType: string; etag: string; modifiedAt: Date },
): void {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': contentDisposition(name),
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': file.contentType,
    etag: file.etag,
    'last-modified': file.modifiedAt.toUTCString(),
    'x-content-type-options': 'nosniff',
  });
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
