import type { HttpMeter } from '@instashare/backend/monitoring';
import type { FastifyInstance } from 'fastify';
import { onAnswered } from './on-answered.ts';
import type { RoutePattern } from './route-pattern.ts';

/** Times every request to the end of its answer, however it ends. To be called before any route is added. */
export function measureRequests(app: FastifyInstance, meter: HttpMeter, routePattern: RoutePattern): void {
  app.addHook('onRequest', async (request, reply) => {
    const end = meter.begin();
    onAnswered(reply, (status) => end({ method: request.method, route: routePattern(request), status }));
  });
}
