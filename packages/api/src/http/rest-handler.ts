import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createOpenApiNodeHttpHandler } from 'trpc-openapi';
import { type AppRouter, appRouter } from '../trpc/router.ts';

/** A request as Node has it, with what Fastify has read of it. */
type RestRequest = IncomingMessage &
  Pick<FastifyRequest, 'body' | 'query'> & { readonly request: FastifyRequest };

type Options = Pick<
  Parameters<typeof createOpenApiNodeHttpHandler<AppRouter, RestRequest, ServerResponse>>[0],
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
  const handle = createOpenApiNodeHttpHandler<AppRouter, RestRequest, ServerResponse>({
    ...options,
    router: appRouter,
  });
  return (request, reply) => {
    const { query, raw } = request;
    // Null and not undefined: of a body that nobody has read the adapter would make a stream, in memory, without a bound.
    const body = request.body ?? null;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the adapter uses what the class has of it
    const response = new RestResponse(reply) as unknown as ServerResponse;
    return handle(Object.assign(raw, { body, query, request }), response);
  };
}

type UsedResponse = Pick<
  ServerResponse,
  'end' | 'off' | 'once' | 'setHeader' | 'statusCode' | 'writableEnded'
>;

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

  /** Without it the adapter would see every answer broken off, and abort the signal of every request that is over. */
  get writableEnded(): boolean {
    return this.#reply.raw.writableEnded;
  }

  setHeader(name: string, value: string): void {
    void this.#reply.header(name, value);
  }

  end(body: string | undefined): void {
    if (!this.#reply.sent) void this.#reply.send(body);
  }

  once(event: string, listener: () => void): void {
    this.#reply.raw.once(event, listener);
  }

  off(event: string, listener: () => void): void {
    this.#reply.raw.off(event, listener);
  }
}
