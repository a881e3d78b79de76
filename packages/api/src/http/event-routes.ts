import { Readable } from 'node:stream';
import { subscribeInputSchema } from '@instashare/contracts';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { authenticate } from '../auth/authenticate.ts';
import { toAppError, toErrorBody } from '../edge/to-app-error.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { followEvents, type LiveBatch, toLiveEvents } from '../services/follow-events.ts';
import { abortSignalOf } from './abort-signal.ts';
import { principalOf } from './guard-routes.ts';
import { originOf } from './origin-of.ts';
import { logUnexpected } from './reply-error.ts';

type Used = Pick<Dependencies, 'accessTokens' | 'config' | 'credentials' | 'database' | 'live'>;

/**
 * `GET /events`: what happens to the files of whoever asks, as server-sent events
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Messages have the default type, with the event
 * as JSON; one of the type `end` says why the stream ends.
 */
export const eventRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  app.get('/events', { config: { access: 'read' }, exposeHeadRoute: false }, async (request, reply) => {
    const { authorization } = request.headers;
    const origin = originOf(request);
    const confirmAccess = () => authenticate(deps, { authorization, origin });
    const { userId } = principalOf(request);
    const input = subscribeInputSchema.parse(inputOf(request));
    const follower = {
      userId,
      confirmAccess,
      signal: abortSignalOf(reply),
      cut: () => request.raw.destroy(),
    };
    const batches = followEvents(deps, follower, input);
    // Whoever goes before the first event was sent would else be followed for ever.
    follower.signal.addEventListener('abort', () => void batches.return(), { once: true });
    // Who left while the log-in was looked at tells nobody any more.
    follower.signal.throwIfAborted();
    // What is refused is refused before the stream begins, with a status.
    const first = await batches.next();
    void reply.headers({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      // When the stream is over nothing else comes, and a server that stops need not wait for the client to see it.
      connection: 'close',
      // Proxies that gather answers before they pass them on.
      'x-accel-buffering': 'no',
    });
    return reply.send(Readable.from(toMessages({ first, batches, request }), { objectMode: false }));
  });
};

/** The header is what clients send by themselves when they connect again, and so newer than the address. */
function inputOf({ headers, query }: FastifyRequest): unknown {
  const lastEventId = headers['last-event-id'];
  return typeof query === 'object' && lastEventId !== undefined && lastEventId !== ''
    ? { ...query, lastEventId }
    : query;
}

async function* toMessages({
  first,
  batches,
  request,
}: {
  readonly first: IteratorResult<LiveBatch, void>;
  readonly batches: AsyncGenerator<LiveBatch, void, void>;
  readonly request: FastifyRequest;
}): AsyncGenerator<string> {
  try {
    if (first.done !== true) yield toText(first.value);
    for await (const batch of batches) yield toText(batch);
  } catch (error) {
    const appError = toAppError(error);
    logUnexpected(request.log, appError);
    yield `event: end\ndata: ${JSON.stringify(toErrorBody(appError))}\n\n`;
  }
}

/** An event without an id leaves the client at the id before. JSON has no line breaks of its own. */
function toText(batch: LiveBatch): string {
  return toLiveEvents(batch)
    .map((event) => `${'id' in event ? `id: ${event.id}\n` : ''}data: ${JSON.stringify(event)}\n\n`)
    .join('');
}
