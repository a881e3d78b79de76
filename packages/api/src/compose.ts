import type { Config } from '@instashare/backend/config';
import { createWriterLocks, findStoreOwner, openDatabase } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import { createCompressionBuffer, createJobQueue } from '@instashare/backend/queue';
import { openObjectStore } from '@instashare/backend/storage';
import type { FastifyInstance } from 'fastify';
import { v7 as newId } from 'uuid';
import { createAccessTokens, deriveKey } from './auth/access-tokens.ts';
import { createAttemptLimiter } from './auth/attempt-limiter.ts';
import { createRefreshTokens } from './auth/refresh-tokens.ts';
import { createApp } from './http/create-app.ts';
import type { Dependencies } from './services/dependencies.ts';

const REQUESTS_MAY_TAKE_MS = 3000;

export interface Api extends AsyncDisposable {
  /** Resolves with the port when the api takes requests. */
  listen(): Promise<number>;
}

/** Builds every object of the api process once. Disposing ends them in reverse order of their making. */
export async function composeApi(config: Config, log: Log): Promise<Api> {
  await using made = new AsyncDisposableStack();
  const { url, poolSize } = config.database;
  const database = made.use(await openDatabase({ url, poolSize, applicationName: 'instashare-api' }));
  const { store, served } = await openObjectStore(config, {
    urlSecret: deriveKey(config.authSecret, 'upload-url').toString('hex'),
    reserveBytes: config.diskReserveBytes,
    owner: await findStoreOwner(database),
    writerLocks: made.use(createWriterLocks({ url, applicationName: 'instashare-api-writers' })),
  });
  const objects = made.use(store);
  const jobs = made.use(await createJobQueue({ databaseUrl: url, redisUrl: config.redisUrl, log }));
  const deps: Dependencies = {
    config,
    database,
    objects,
    uploadReceiver: served?.uploads ?? null,
    readUrls: served?.readUrls ?? null,
    jobs,
    compressions: made.use(createCompressionBuffer({ queue: jobs, log })),
    accessTokens: createAccessTokens({
      secret: config.authSecret,
      lifetimeSeconds: config.accessTokenSeconds,
    }),
    refreshTokens: createRefreshTokens(config.authSecret),
    log,
    now: () => new Date(),
    newId: () => newId(),
  };
  const app = await createApp(deps, {
    attempts: createAttemptLimiter(config.authAttemptsPerMinute),
    checks: {
      database: () => database.check(),
      queue: () => jobs.check(),
      objects: () => objects.check(),
    },
  });
  made.defer(() => closeWithin(app, REQUESTS_MAY_TAKE_MS));
  return toApi(app, config, made.move());
}

/** Requests that are under way may end; those that go on after that are cut, which uploads are made for. */
async function closeWithin(app: FastifyInstance, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), timeoutMs);
  await app.close();
  clearTimeout(timer);
}

function toApi(app: FastifyInstance, config: Config, made: AsyncDisposableStack): Api {
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
