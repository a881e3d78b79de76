import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createOpenApiNodeHttpHandler } from 'trpc-openapi';
import { type AppRouter, appRouter } from '../trpc/router.ts';
import { goneSignalOf } from './abort-signal.ts';

/** A request as the adapter has it. */
type Adapted = IncomingMessage & { readonly request: FastifyRequest };

type Options = Pick<
  Parameters<typeof createOpenApiNodeHttpHandler<AppRouter, Adapted, ServerResponse>>[0],
  'createContext' | 'onError'
>;

/**
 * Answers by the procedures whose routes their OpenAPI meta names. In place of the adapter's own plugin for Fastify: that
 * makes properties with functions of their own for every reply, each of which V8 keeps, with all that its request
 * held, until it goes through its whole heap.
 */
export function createRestHandler(
  options: Options,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  const handle = createOpenApiNodeHttpHandler<AppRouter, Adapted, ServerResponse>({
    ...options,
    router: appRouter,
  });
  return (request, reply) =>
    handle(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the adapter uses what the class has of it
      new RestRequest(request, reply) as unknown as Adapted,
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the response it uses what the class has, too
      new RestResponse(reply) as unknown as ServerResponse,
    );
}

type UsedRequest = Pick<Request, 'body' | 'method' | 'signal' | 'url'> & {
  readonly headers: Pick<Request['headers'], 'get'>;
} & Pick<FastifyRequest, 'query'>;

/** What the adapter uses of a request, of one that Fastify has read. */
class RestRequest implements Record<keyof UsedRequest, unknown> {
  readonly request: FastifyRequest;
  readonly method: string;
  readonly url: string;
  readonly headers: UsedRequest['headers'];
  readonly query: unknown;
  readonly body: unknown;
  readonly signal: AbortSignal;

  constructor(request: FastifyRequest, reply: FastifyReply) {
    this.request = request;
    this.method = request.method;
    this.url = pathOf(request.url);
    this.headers = { get: (name) => request.headers[name.toLowerCase()]?.toString() ?? null };
    this.query = request.query;
    this.body = request.body ?? null;
    this.signal = goneSignalOf(reply);
  }
}
// For the adapter it is one of these, whose own fields come before theirs; of anything else it would make one, with a stream
// and finalizers, for its signal alone.
Object.setPrototypeOf(RestRequest.prototype, Request.prototype);

/** The target of a request may name a server as well, as it does to a proxy; the route was found by the path alone. */
const pathOf = (target: string): string => target.replace(/^https?:\/\/.*?\//, '/');

type UsedResponse = Pick<ServerResponse, 'end' | 'setHeader' | 'statusCode'>;

/** What the adapter uses of Node's response, for a reply that Fastify sends. */
class RestResponse implements Record<keyof UsedResponse, unknown> {
  readonly #reply: FastifyReply;

  constructor(reply: FastifyReply) {
    this.#reply = reply;
  }

  get statusCode(): number {
    return this.#reply.statusCode;
  }

  set statusCode(status: number) {
    void this.#reply.code(status);
  }

  setHeader(name: string, value: string): void {
    void this.#reply.header(name, value);
  }

  end(body: string | undefined): void {
    if (!this.#reply.sent) void this.#reply.send(body);
  }
}
