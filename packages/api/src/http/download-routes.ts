import { errors } from '@instashare/backend/errors';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Dependencies } from '../services/dependencies.ts';
import { findVersion, type VersionOf } from '../services/find-version.ts';
import { openFileContent } from '../services/open-file-content.ts';
import { abortSignalOf } from './abort-signal.ts';
import { contentHeaders, dispositionSchema } from './content-headers.ts';
import { principalOf } from './guard-routes.ts';
import { checkPreconditions, type Validators } from './preconditions.ts';
import { requestedRange } from './requested-range.ts';

const currentSchema = z.object({ id: z.uuid() });
const versionSchema = currentSchema.extend({
  number: z.coerce
    .number()
    .int()
    .min(1)
    .max(2 ** 31 - 1),
});
const querySchema = z.object({ disposition: dispositionSchema });

type Used = Pick<Dependencies, 'database' | 'log' | 'objects'>;

/**
 * `GET` and `HEAD` of `/files/{id}/content` and `/files/{id}/versions/{number}/content`: the bytes, whole or a
 * range of them, decoded on the way.
 */
export const downloadRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  // HEAD by name: the one that Fastify adds to a GET says that an answer without a body has the length 0.
  const common = { method: ['GET', 'HEAD'], config: { access: 'read' as const } };
  app.route({
    ...common,
    url: '/files/:id/content',
    handler: async (request, reply) =>
      serve(deps, { request, reply }, ({ params }) => {
        const { id } = currentSchema.parse(params);
        return { fileId: id, number: null };
      }),
  });
  app.route({
    ...common,
    url: '/files/:id/versions/:number/content',
    handler: async (request, reply) =>
      serve(deps, { request, reply }, ({ params }) => {
        const { id, number } = versionSchema.parse(params);
        return { fileId: id, number };
      }),
  });
};

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function serve(
  deps: Used,
  { request, reply }: Exchange,
  wantedBy: (request: FastifyRequest) => VersionOf,
): Promise<FastifyReply> {
  const { userId } = principalOf(request);
  const wanted = wantedBy(request);
  const { disposition } = querySchema.parse(request.query);
  const version = await findVersion(deps, userId, wanted);
  const { sizeBytes, path, contentType } = version;

  const validators: Validators = {
    etag: `"${version.sha256}"`,
    // When it became this file's content, and not what the uploader calls its time: that may go backwards.
    modifiedAt: version.createdAt,
    // A version of its own never changes.
    isDateExact: wanted.number !== null || !version.sharesSecond,
  };
  const condition = checkPreconditions(request.headers, validators);
  if (condition === 'failed') throw errors.versionMismatch(path, version.number);
  if (condition === 'not_modified') return reply.code(304).headers(validatorHeaders(validators)).send();

  // For every other method a Range means nothing.
  const range =
    request.method === 'GET' ? requestedRange(request.headers, { ...validators, sizeBytes }) : null;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${sizeBytes}`);
    throw errors.rangeNotSatisfiable(sizeBytes);
  }
  const part = range ?? { offset: 0, lengthBytes: sizeBytes };
  const body =
    request.method === 'HEAD'
      ? undefined
      : await openFileContent(deps, version, { ...part, signal: abortSignalOf(reply) });
  // Only now: an answer that there is no content is none of these.
  void reply.headers(validatorHeaders(validators));
  void reply.headers(contentHeaders({ path, contentType, disposition }));
  void reply.header('content-length', part.lengthBytes);
  if (range !== null) {
    const last = range.offset + range.lengthBytes - 1;
    void reply.code(206).header('content-range', `bytes ${range.offset}-${last}/${sizeBytes}`);
  }
  return reply.send(body);
}

const validatorHeaders = ({ etag, modifiedAt }: Validators) => ({
  'cache-control': 'private, no-cache',
  etag,
  'last-modified': modifiedAt.toUTCString(),
});
