import { errorBodySchema } from '@instashare/contracts';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { z } from 'zod';
import { toAppError } from '../edge/to-app-error.ts';
import { pinBodyTypes } from '../openapi/pin-body-types.ts';
import type { Context } from '../trpc/context.ts';
import { appRouter } from '../trpc/router.ts';
import type { ContextOptions } from './context-options.ts';
import { expectedVersions } from './expected-versions.ts';
import { leaveToProcedures } from './guard-routes.ts';
import { hasBody } from './has-body.ts';
import { logUnexpected } from './reply-error.ts';
import { createRestHandler } from './rest-handler.ts';

/** The adapter's error body: the shape of our errorFormatter with a few fields of its own beside it. */
const adapterErrorSchema = z.object({
  data: z.object({
    httpStatus: z.number(),
    body: errorBodySchema,
    retryAfterSeconds: z.number().optional(),
  }),
});

/** The procedures as REST, by the routes their OpenAPI meta names. Answers 404 for everything else. */
export const restRoutes: FastifyPluginAsync<{
  readonly createContext: (options: ContextOptions) => Context;
}> = async (app, { createContext }) => {
  pinBodyTypes(appRouter);
  leaveToProcedures(app);

  // A POST without a body is a POST of nothing; the adapter would ask for its content type.
  app.addHook('onRequest', ({ headers }, _reply, done) => {
    if (!hasBody(headers)) headers['content-type'] = 'application/json';
    done();
  });
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : parseObject(body.toString()));
    } catch (error) {
      done(error instanceof z.ZodError ? error : malformed(`not valid JSON: ${String(error)}`));
    }
  });
  // Nobody reads a body of another type: where one is taken, the adapter refuses it with 415.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  // Not by a promise: see `closePromptly`.
  // oxlint-disable-next-line max-params -- Fastify tells hooks with a callback by their four
  app.addHook('onSend', (_request, reply, payload, done) => done(null, toOwnError(reply, payload)));

  app.route({
    method: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
    url: '/*',
    // No procedure is a HEAD, and the adapter would answer 204 to each.
    exposeHeadRoute: false,
    handler: createRestHandler({
      // Only here: one header can't speak for all calls of a tRPC batch.
      createContext: ({ req: { request }, res, info }): Context => ({
        ...createContext({ req: request, info }),
        expected: expectedVersions(request.headers),
        idempotencyKey: request.headers['idempotency-key']?.toString(),
        tellVersion: (file) => {
          res.setHeader('etag', `"${file.version}"`);
          return file;
        },
      }),
      onError: ({ error, ctx }) => logUnexpected(ctx?.log ?? app.log, toAppError(error)),
    }),
  });
};

/** Every procedure takes an object; the adapter would take what is empty for none. */
function parseObject(text: string): object {
  const json: unknown = JSON.parse(text);
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw malformed('the body must be a JSON object');
}

const malformed = (message: string) =>
  new z.ZodError([{ code: 'custom', path: [], input: undefined, message }]);

/** The error body that all addresses have, in place of the adapter's. What is no error stays as it is. */
function toOwnError(reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string' || reply.statusCode < 400) return payload;
  const error = adapterErrorSchema.safeParse(JSON.parse(payload));
  if (!error.success) return payload;
  const { httpStatus, retryAfterSeconds } = error.data.data;
  const body = JSON.stringify(error.data.data.body);
  void reply.code(httpStatus).header('content-length', Buffer.byteLength(body));
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
  return body;
}
