import type { RequestSpan, Tracing } from '@instashare/backend/tracing';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { onAnswered } from './on-answered.ts';
import type { RoutePattern } from './route-pattern.ts';

/** Makes every request a span, and all that is done for it a part of that. To be called before any route is added. */
export function traceRequests(app: FastifyInstance, tracing: Tracing, routePattern: RoutePattern): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook('onRequest', (request, reply, done) => {
    const span = tracing.beginRequest(request);
    spans.set(request, span);
    onAnswered(reply, (status) => span.end({ method: request.method, route: routePattern(request), status }));
    span.within(done);
  });
  // A body is read when the connection has it, and what comes after that is not of `done` any more.
  app.addHook('preValidation', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.within(done);
  });
}
