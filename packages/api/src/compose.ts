import type { Config } from '@instashare/backend/config';
import { createNewId, type Database, findStoreOwner, openDatabase } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import {
  type ApiMetrics,
  createReadiness,
  measureStore,
  openApiMetrics,
  type Readiness,
  serveMonitoring,
} from '@instashare/backend/monitoring';
import { createCompressionBuffer, createJobQueue } from '@instashare/backend/queue';
import { type NewsListener, openNewsSignals } from '@instashare/backend/signals';
import { openObjectStore } from '@instashare/backend/storage';
import { openTracing, type Tracing } from '@instashare/backend/tracing';
import { createSeenObjects } from '@instashare/backend/versions';
import type { FastifyInstance } from 'fastify';
import { createAccessTokens, deriveKey } from './auth/access-tokens.ts';
import { createAdminSessions } from './auth/admin-sessions.ts';
import { createAnswerSeals } from './auth/answer-seals.ts';
import { createAttemptLimiter } from './auth/attempt-limiter.ts';
import { createCredentialLookUps } from './auth/credential-look-ups.ts';
import { createRefreshTokens } from './auth/refresh-tokens.ts';
import { createShareUnlocks } from './auth/share-links.ts';
import { type AppLimits, createApp } from './http/create-app.ts';
import { createLiveHub, type LiveHub } from './live/live-hub.ts';
import { watchProgress } from './live/progress-watch.ts';
import { createWebhookPlanner } from './live/webhook-planner.ts';
import { createFiguresReader } from './services/admin/server-figures.ts';
import type { Dependencies } from './services/dependencies.ts';
import { createOpenTogether } from './services/open-together.ts';
import { planDeliveries } from './services/plan-deliveries.ts';

const REQUESTS_MAY_TAKE_MS = 3000;

export interface Api extends AsyncDisposable {
  /** Where its figures are; null: nowhere. */
  readonly metricsPort: number | null;
  /** Resolves with the port when the api takes requests. */
  listen(): Promise<number>;
}

/** Builds every object of the api process once. Disposing ends them in reverse order of their making. */
export async function composeApi(config: Config, log: Log, limits: AppLimits = {}): Promise<Api> {
  await using made = new AsyncDisposableStack();
  const metrics = await openApiMetrics(config);
  const tracing = await openTracing(config, { serviceName: 'instashare-api', log, made });
  const { database, live, onNews } = await openLive(config, { log, made, metrics, tracing });
  const { store, served } = await openObjectStore(config, {
    urlSecret: deriveKey(config.authSecret, 'upload-url').toString('hex'),
    reserveBytes: config.diskReserveBytes,
    owner: await findStoreOwner(database),
    handsOutAddresses: true,
  });
  const objects = measureStore(measureStore(made.use(store), metrics?.store), tracing?.stored);
  const jobs = made.use(await createJobQueue({ ...connectionOf(config), log, tracer: tracing?.jobs }));
  made.use(watchProgress({ database, jobs, hub: live, log }));
  const now = () => new Date();
  const deps: Dependencies = {
    config,
    database,
    live,
    objects,
    seenObjects: createSeenObjects(),
    uploadReceiver: served?.uploads ?? null,
    readUrls: served?.readUrls ?? null,
    jobs,
    compressions: made.use(createCompressionBuffer({ queue: jobs, log })),
    uploadMeter: metrics?.uploads ?? null,
    serverFigures: createFiguresReader({ count: () => database.repositories.serverTotals.count(), now }),
    ...createAuth(config, { database, now }),
    openTogether: createOpenTogether({ uploads: database.repositories.uploads, now }),
    log,
    now,
    newId: createNewId(),
  };
  planWebhooks(deps, { made, onNews });
  const checks = {
    database: () => database.check(),
    queue: () => jobs.check(),
    objects: () => objects.check(),
  };
  const readiness = createReadiness(checks, { log });
  const app = await createApp(deps, { readiness, httpMeter: metrics?.http ?? null, tracing, limits });
  made.defer(() => closeWithin(app, REQUESTS_MAY_TAKE_MS));
  metrics?.watchQueue(jobs);
  const metricsPort = await openMonitoring(config, { metrics, readiness }, made);
  return { ...toApi(app, config, made.move()), metricsPort };
}

/** What {@link openMonitoring} shows. */
interface Watched {
  readonly metrics: ApiMetrics | null;
  readonly readiness: () => Promise<Readiness>;
}

async function openMonitoring(
  { monitoring: { host, apiPort, token } }: Config,
  { metrics, readiness }: Watched,
  made: AsyncDisposableStack,
): Promise<number | null> {
  if (metrics === null || apiPort === null) return null;
  const { figures } = metrics;
  const options = { host, port: apiPort, token, figures, readiness };
  return made.use(await serveMonitoring('API_METRICS_PORT', options)).port;
}

type Auth = Pick<
  Dependencies,
  | 'accessTokens'
  | 'adminSessions'
  | 'answerSeals'
  | 'attempts'
  | 'credentials'
  | 'refreshTokens'
  | 'shareUnlocks'
>;

const createAuth = (config: Config, { database, now }: Pick<Dependencies, 'database' | 'now'>): Auth => ({
  accessTokens: createAccessTokens({
    secret: config.authSecret,
    lifetimeSeconds: config.accessTokenSeconds,
  }),
  credentials: createCredentialLookUps({ database, now }),
  adminSessions: createAdminSessions(config.authSecret),
  answerSeals: createAnswerSeals(config.authSecret),
  refreshTokens: createRefreshTokens(config.authSecret),
  shareUnlocks: createShareUnlocks(config.authSecret),
  attempts: createAttemptLimiter(database, {
    perAddress: config.authAttemptsPerMinute,
    perAccount: config.accountAttemptsPerMinute,
  }),
});

const connectionOf = ({ database, redisUrl }: Config) => ({ databaseUrl: database.url, redisUrl });

interface Live {
  readonly database: Database;
  readonly live: LiveHub;
  readonly onNews: (listener: NewsListener) => void;
}

/** Has what happens from now on, and what happened meanwhile, made into deliveries. */
function planWebhooks(
  deps: Dependencies,
  { made, onNews }: { readonly made: AsyncDisposableStack } & Pick<Live, 'onNews'>,
): void {
  const plan = (userIds: readonly string[] | null) => planDeliveries(deps, userIds);
  const webhooks = made.use(createWebhookPlanner({ plan, log: deps.log }));
  onNews((userIds) => webhooks.tellNews(userIds));
}

/** The database, and those who are told of what changes in it, here and in other processes. */
async function openLive(
  config: Config,
  {
    log,
    made,
    metrics,
    tracing,
  }: {
    readonly log: Log;
    readonly made: AsyncDisposableStack;
    readonly metrics: ApiMetrics | null;
    readonly tracing: Tracing | null;
  },
): Promise<Live> {
  const { url, poolSize } = config.database;
  const listeners: NewsListener[] = [];
  const database = made.use(
    await openDatabase({
      url,
      poolSize,
      applicationName: 'instashare-api',
      // Nothing changes before the api listens, and by then the signals are there.
      onNews: (userIds) => signals.announce(userIds),
      onQuery: [metrics?.database.queried, tracing?.queried],
    }),
  );
  metrics?.watchPool(database);
  const live = made.use(createLiveHub({ database, streamsPerUser: config.events.streamsPerUser, log }));
  const signals = made.use(
    await openNewsSignals({
      ...connectionOf(config),
      log,
      listener: (userIds) => {
        live.tellNews(userIds);
        for (const listener of listeners) listener(userIds);
      },
    }),
  );
  return { database, live, onNews: (listener) => listeners.push(listener) };
}

/** Requests that are under way may end; those that go on after that are cut, which uploads are made for. */
async function closeWithin(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  await app.close();
  clearTimeout(timer);
}

function toApi(app: FastifyInstance, config: Config, made: AsyncDisposableStack): Omit<Api, 'metricsPort'> {
  return {
    async listen() {
      await app.listen({ host: config.host, port: config.port });
      const address = app.server.address();
      if (address === null || typeof address === 'string') throw new Error('the server has no port');
      return address.port;
    },
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  };
}
