import { errors } from '@instashare/backend/errors';
import type { HttpMeter, Readiness } from '@instashare/backend/monitoring';
import type { Tracing } from '@instashare/backend/tracing';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { authenticate, type Claim, claim } from '../auth/authenticate.ts';
import { toAppError } from '../edge/to-app-error.ts';
import type { Dependencies } from '../services/dependencies.ts';
import type { Context } from '../trpc/context.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { bundleRoutes } from './bundle-routes.ts';
import { closePromptly } from './close-promptly.ts';
import type { ContextOptions } from './context-options.ts';
import { allowOrigins } from './cors.ts';
import { docsRoutes } from './docs-routes.ts';
import { downloadRoutes } from './download-routes.ts';
import { drainRefusedBodies } from './drain-refused-bodies.ts';
import { eventRoutes } from './event-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { guardRoutes } from './guard-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { limitBodyTime } from './limit-body-time.ts';
import { measureRequests } from './measure-requests.ts';
import { originOf } from './origin-of.ts';
import { PROTECTION } from './protect.ts';
import { refuseAddress, refuseUnparsed } from './refuse-unparsed.ts';
import { logUnexpected, sendError } from './reply-error.ts';
import { requestIdOf } from './request-id.ts';
import { RequestLog } from './request-log.ts';
import { restRoutes } from './rest-routes.ts';
import { createRoutePattern } from './route-pattern.ts';
import { shareRoutes } from './share-routes.ts';
import { storedObjectRoutes } from './stored-object-routes.ts';
import { takeTurns } from './take-turns.ts';
import { traceRequests } from './trace-requests.ts';
import { trpcRoutes } from './trpc-routes.ts';
import { uploadFilesRoutes } from './upload-files-routes.ts';
import { uploadSessionRoutes } from './upload-session-routes.ts';

/** JSON bodies: far above what any procedure needs, far below what could hurt. */
const MAX_JSON_BYTES = 1024 * 1024;
/** Nothing was sent or received for this long: the other side is gone, or stalls us. */
const IDLE_CONNECTION_MS = 120_000;

/** Shorter ones for tests. */
export type AppLimits = Parameters<typeof limitBodyTime>[1];

/** The HTTP server with all its routes, not yet listening. */
export async function createApp(
  deps: Dependencies,
  options: {
    readonly readiness: () => Promise<Readiness>;
    readonly httpMeter: HttpMeter | null;
    readonly tracing: Tracing | null;
    readonly limits: AppLimits;
  },
): Promise<FastifyInstance> {
  const app = createServer(deps);
  const { httpMeter, tracing } = options;
  if (httpMeter !== null || tracing !== null) {
    const routePattern = createRoutePattern();
    if (httpMeter !== null) measureRequests(app, httpMeter, routePattern);
    if (tracing !== null) traceRequests(app, tracing, routePattern);
  }
  drainRefusedBodies(app);
  limitBodyTime(app, options.limits);
  closePromptly(app, () => deps.live.stop());
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(PROTECTION).header('x-request-id', request.id);
    done();
  });
  app.setNotFoundHandler((_request, reply) => sendError(reply, errors.notFound()));
  app.setErrorHandler((error, request, reply) => {
    const appError = toAppError(error);
    logUnexpected(request.log, appError);
    return sendError(reply, appError);
  });

  await allowOrigins(app, deps.config.corsOrigins);
  guardRoutes(app, deps);
  await app.register(healthRoutes, options);
  await app.register(docsRoutes, deps);
  await app.register(downloadRoutes, deps);
  await app.register(eventRoutes, deps);
  await app.register(exportRoutes, deps);
  await app.register(shareRoutes, deps);
  await app.register(adminRoutes, deps);
  await app.register(uploadFilesRoutes, deps);
  await app.register(bundleRoutes, deps);
  await registerStorageRoutes(app, deps);
  await app.register(procedureRoutes, deps);
  return app;
}

function createServer({ config, log }: Pick<Dependencies, 'config' | 'log'>): FastifyInstance {
  const loggerInstance: FastifyBaseLogger = log;
  return fastify({
    loggerInstance,
    // Every request as a line would be most of the log; errors are logged where they are answered.
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (logger, bindings) => new RequestLog(logger, bindings),
    genReqId: requestIdOf,
    trustProxy: config.trustedProxies === null ? false : [...config.trustedProxies],
    bodyLimit: MAX_JSON_BYTES,
    // The client names up to 4,000 characters of procedures in the path of one tRPC batch.
    routerOptions: { maxParamLength: 8192 },
    forceCloseConnections: 'idle',
    // What still arrives is answered as ever, with our hooks; Fastify's own 503 has neither our form nor our headers.
    return503OnClosing: false,
    // Between the headers and the end of an upload many hours may lie: only a connection that stands still ends.
    requestTimeout: 0,
    connectionTimeout: IDLE_CONNECTION_MS,
    frameworkErrors: refuseAddress,
    clientErrorHandler: refuseUnparsed,
  });
}

/** The procedures, over tRPC and as REST. */
const procedureRoutes: FastifyPluginAsync<Dependencies> = async (app, deps) => {
  const createContext = ({ req, info }: ContextOptions) =>
    toContext(deps, { request: req, signal: info.signal });
  takeTurns(app, {
    connections: deps.config.database.poolSize,
    isBusy: () => deps.database.poolState().waiting > 0,
  });
  await app.register(trpcRoutes, { createContext });
  await app.register(restRoutes, { createContext });
};

/** For a store that has no server of its own: the addresses that it signs lead to us. */
async function registerStorageRoutes(app: FastifyInstance, deps: Dependencies): Promise<void> {
  const { readUrls, uploadReceiver } = deps;
  if (uploadReceiver !== null) await app.register(uploadSessionRoutes, { ...deps, uploadReceiver });
  if (readUrls !== null) await app.register(storedObjectRoutes, deps);
}

function toContext(
  deps: Dependencies,
  { request, signal }: { readonly request: FastifyRequest; readonly signal: AbortSignal },
): Context {
  const origin = originOf(request);
  const { authorization } = request.headers;
  const credentials = { authorization, origin };
  let claimed: Promise<Claim> | undefined;
  const claimOnce = () => (claimed ??= claim(deps, credentials));
  return {
    deps,
    signal,
    log: request.log,
    origin,
    expected: undefined,
    idempotencyKey: undefined,
    tellVersion: (file) => file,
    cut: () => request.raw.destroy(),
    claimed: claimOnce,
    async principal() {
      const { confirm, principal } = await claimOnce();
      await confirm();
      return principal;
    },
    authenticateAgain: () => authenticate(deps, credentials),
  };
}
