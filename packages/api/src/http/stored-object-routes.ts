import { errors } from '@instashare/backend/errors';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Dependencies } from '../services/dependencies.ts';
import { openStoredObject } from '../services/open-stored-object.ts';
import { abortSignalOf } from './abort-signal.ts';
import { requestedRange } from './requested-range.ts';

const paramsSchema = z.object({ '*': z.string() });
const querySchema = z.record(z.string(), z.unknown());

type Used = Pick<Dependencies, 'objects' | 'readUrls'>;

/**
 * `GET` and `HEAD /storage/objects/{key}`: where the signed addresses of objects on disk lead. The stored bytes as
 * they are, whole or a range of them; the signature stands for the log-in.
 */
export const storedObjectRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  app.route({
    method: ['GET', 'HEAD'],
    url: '/storage/objects/*',
    // The signed address stands for the log-in.
    config: { access: 'public' },
    handler: (request, reply) => serve(deps, request, reply),
  });
};

async function serve(deps: Used, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const key = paramsSchema.parse(request.params)['*'];
  const object = await openStoredObject(deps, key, querySchema.parse(request.query));
  const { sizeBytes } = object;
  // An object never changes, so its key says which bytes these are.
  const etag = `"${key}"`;
  const validators = { etag, modifiedAt: new Date(0), isDateExact: false };
  const isGet = request.method === 'GET';
  const range = isGet ? requestedRange(request.headers, { ...validators, sizeBytes }) : null;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${sizeBytes}`);
    throw errors.rangeNotSatisfiable(sizeBytes);
  }
  const { offset, lengthBytes } = range ?? { offset: 0, lengthBytes: sizeBytes };
  const body = isGet ? await object.read({ offset, lengthBytes, signal: abortSignalOf(reply) }) : undefined;
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-type': 'application/octet-stream',
    'content-length': lengthBytes,
    etag,
    'x-content-type-options': 'nosniff',
  });
  if (range !== null) {
    void reply.code(206).header('content-range', `bytes ${offset}-${offset + lengthBytes - 1}/${sizeBytes}`);
  }
  return reply.send(body);
}
