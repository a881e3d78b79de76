import { MAX_BATCH_CALLS } from '@instashare/contracts';
import { resolveResponse } from '@trpc/server/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../trpc/context.ts';
import { type AppRouter, appRouter } from '../trpc/router.ts';
import { goneSignalOf } from './abort-signal.ts';
import type { ContextOptions } from './context-options.ts';
import { answerPlainCalls, queryOf, readPlainCalls } from './plain-calls.ts';

type Options = Parameters<typeof resolveResponse<AppRouter>>[0];
type Asked = FastifyRequest<{ Params: { path: string } }>;

const VARY = 'trpc-accept, accept';

/**
 * Answers calls over tRPC: of the procedures that the path names. In place of tRPC's own plugin for Fastify, which makes a
 * `Request` of each, with a body that is a stream again: a tenth of what a short call costs.
 */
export function createTrpcHandler({
  createContext,
  onError,
}: {
  readonly createContext: (options: ContextOptions) => Context;
  readonly onError: (failed: Pick<Parameters<NonNullable<Options['onError']>>[0], 'ctx' | 'error'>) => void;
}): (request: Asked, reply: FastifyReply) => Promise<FastifyReply> {
  return async (request, reply) => {
    const plain = readPlainCalls(request);
    if (plain !== null) {
      const ctx = createContext({ req: request, info: { signal: goneSignalOf(reply) } });
      const { status, body } = await answerPlainCalls(plain, { ctx, onError });
      return reply
        .code(status)
        .headers({ 'content-type': 'application/json', vary: varyOf(reply) })
        .send(body);
    }
    const response = await resolveResponse<AppRouter>({
      router: appRouter,
      path: request.params.path,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tRPC uses what the class has of it
      req: new TrpcRequest(request, reply) as unknown as Request,
      error: null,
      maxBatchSize: MAX_BATCH_CALLS,
      createContext: async ({ info }) => createContext({ req: request, info }),
      onError,
    });
    response.headers.set('vary', varyOf(reply));
    if (isStream(response)) return reply.send(response);
    // Of some that it refuses tRPC says that they are text.
    response.headers.set('content-type', 'application/json');
    void reply.code(response.status).headers(Object.fromEntries(response.headers));
    return reply.send(await response.text());
  };
}

/** By which headers tRPC answers differently, beside that an answer to a page of another origin is for that one. */
function varyOf(reply: FastifyReply): string {
  const before = reply.getHeader('vary');
  return typeof before === 'string' ? `${before}, ${VARY}` : VARY;
}

/** What is there as a whole is sent as one, with its length: a stream of one piece costs more than many a procedure. */
const isStream = ({ headers }: Response): boolean =>
  headers.has('transfer-encoding') || headers.get('content-type') === 'text/event-stream';

type UsedRequest = Pick<Request, 'method' | 'signal' | 'text' | 'url'> & {
  readonly headers: Pick<Headers, 'get' | 'has'>;
};

/** What tRPC uses of a `Request`, of one that Fastify has read. */
class TrpcRequest implements UsedRequest {
  readonly method: string;
  /** Nothing is looked at but its query. */
  readonly url: string;
  readonly headers: UsedRequest['headers'];
  readonly signal: AbortSignal;
  readonly #body: unknown;

  constructor({ body, method, raw, url }: FastifyRequest, reply: FastifyReply) {
    this.method = method;
    this.url = `http://localhost/${queryOf(url)}`;
    this.headers = {
      get: (name) => raw.headers[name.toLowerCase()]?.toString() ?? null,
      has: (name) => name.toLowerCase() in raw.headers,
    };
    this.#body = body;
    this.signal = goneSignalOf(reply);
  }

  async text(): Promise<string> {
    return typeof this.#body === 'string' ? this.#body : '';
  }
}
