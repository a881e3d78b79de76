import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createTestDatabase } from '@instashare/backend/testing';
import { createChild } from './child.ts';
import { freePort } from './free-port.ts';
import { makeTestFolder } from './test-folder.ts';

const MAIN = join(import.meta.dirname, '../../../api/src/main.ts');

export interface TestApiOptions {
  /** What clients are told instead of the api's own address: that of a proxy before it. */
  readonly publicUrl?: string;
  readonly port?: number;
  readonly accessTokenSeconds?: number;
  /** More of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real api, a process of its own. */
export interface TestApi extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** What it was started with: a worker started with the same works for it. */
  readonly environment: NodeJS.ProcessEnv;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with the same data. */
  start(): Promise<void>;
}

export async function startTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  await using made = new AsyncDisposableStack();
  const database = made.use(await createTestDatabase());
  const folder = made.use(await makeTestFolder());
  const port = options.port ?? (await freePort());
  const environment = {
    ...process.env,
    DATABASE_URL: database.url,
    PORT: String(port),
    PUBLIC_URL: options.publicUrl ?? '',
    AUTH_SECRET: randomBytes(32).toString('hex'),
    AUTH_ATTEMPTS_PER_MINUTE: '10000',
    ACCESS_TOKEN_SECONDS: String(options.accessTokenSeconds ?? 900),
    INSTASHARE_DATA_DIR: folder.path,
    INSTASHARE_SUPERVISED: '1',
    LOG_LEVEL: 'error',
    ...options.environment,
  };
  const api = made.use(createChild(MAIN, environment));
  await api.start();
  const all = made.move();
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    environment,
    kill: () => api.kill(),
    start: () => api.start(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
