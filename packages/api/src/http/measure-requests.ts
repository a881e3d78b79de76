import type { HttpMeter } from '@instashare/backend/monitoring';
import type { FastifyInstance } from 'fastify';
import type { RoutePattern } from './route-pattern.ts';

/** nginx' word for a client that went away before its answer was complete. */
const CLIENT_CLOSED_REQUEST = 499;

/** Times every request to the end of its answer, however it ends. To be called before any route is added. */
export function measureRequests(app: FastifyInstance, meter: HttpMeter, routePattern: RoutePattern): void {
  app.addHook('onRequest', async (request, reply) => {
    const end = meter.begin();
    reply.raw.once('close', () => {
      const { writableFinished, statusCode } = reply.raw;
      const status = writableFinished ? statusCode : CLIENT_CLOSED_REQUEST;
      end({ method: request.method, route: routePattern(request), status });
    });
  });
}
