import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@instashare/backend/config';
import { createLog } from '@instashare/backend/log';
import { createTestDatabase } from '@instashare/backend/testing';
import type { ErrorBody, FileDto, Issue, UploadSession, User } from '@instashare/contracts';
import { Client } from 'pg';
import { composeApi } from '../../src/compose.ts';

/** What the answers of all addresses have in common is that each has some of these; a test knows which. */
export interface AnswerBody {
  readonly code?: string;
  readonly message: string;
  readonly issues: readonly Issue[];
  readonly file: FileDto;
  readonly files: readonly FileDto[];
  readonly items: readonly FileDto[];
  readonly nextCursor: string | null;
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly alreadyStored: boolean;
  readonly results: readonly { file?: FileDto; alreadyStored?: boolean; error?: ErrorBody }[];
  readonly upload: UploadSession;
  readonly user: User;
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
  readonly text: string;
}

export interface TestApi extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  /** Where its figures are, with `API_METRICS_PORT=0`. */
  readonly metricsUrl: string;
  /** For a second api beside it, by `DATABASE_URL`. */
  readonly databaseUrl: string;
  /** Straight into the api's database, for what no request can do. */
  sql(text: string, parameters: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Sends JSON and reads JSON. `path` may be a whole address. */
  request(
    method: string,
    path: string,
    options?: {
      token?: string;
      json?: unknown;
      body?: string | Buffer | FormData;
      headers?: Record<string, string>;
    },
  ): Promise<Answer>;
  /** A new user's id and access token. */
  register(): Promise<{ token: string; userId: string; refreshToken: string; email: string }>;
  /** Uploads content by a session, whole. */
  upload(token: string, path: string, content: string): Promise<Answer>;
}

export const TEST_AUTH_SECRET = 'only for tests, as long as needed';

export const sha256Of = (content: string): string => createHash('sha256').update(content).digest('hex');

async function freePort(): Promise<number> {
  await using server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The real api on a database, a folder and a port of its own. */
export async function startTestApi(
  environment: Record<string, string> = {},
  limits: Parameters<typeof composeApi>[2] = {},
): Promise<TestApi> {
  await using made = new AsyncDisposableStack();
  const testDatabase = made.use(await createTestDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'instashare-api-'));
  made.defer(() => rm(dataDir, { recursive: true, force: true }));
  const config = loadConfig({
    DATABASE_URL: testDatabase.url,
    DATABASE_POOL_SIZE: '6',
    INSTASHARE_DATA_DIR: dataDir,
    AUTH_SECRET: TEST_AUTH_SECRET,
    AUTH_ATTEMPTS_PER_MINUTE: '100000',
    ACCOUNT_ATTEMPTS_PER_MINUTE: '100000',
    PORT: String(await freePort()),
    ...environment,
  });
  const api = made.use(await composeApi(config, createLog({ name: 'api', level: 'silent' }), limits));
  const client = new Client({ connectionString: config.database.url });
  await client.connect();
  made.defer(() => client.end());
  await api.listen();
  const all = made.move();
  return withRequests({
    url: `http://127.0.0.1:${config.port}`,
    dataDir: config.dataDir,
    metricsUrl: `http://127.0.0.1:${api.metricsPort}/metrics`,
    databaseUrl: config.database.url,
    sql: async (text, parameters) =>
      (await client.query<Record<string, unknown>>(text, [...parameters])).rows,
    [Symbol.asyncDispose]: () => Promise.resolve(all.disposeAsync()),
  });
}

function withRequests(
  api: Pick<TestApi, 'url' | 'dataDir' | 'databaseUrl' | 'metricsUrl' | 'sql' | typeof Symbol.asyncDispose>,
): TestApi {
  let users = 0;
  const request: TestApi['request'] = async (method, path, { token, json, body, headers } = {}) => {
    const response = await fetch(path.startsWith('http') ? path : `${api.url}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    const isJson = text !== '' && /^application\/json\b/.test(response.headers.get('content-type') ?? '');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each test asserts what it reads of it
    const answer = (isJson ? JSON.parse(text) : {}) as AnswerBody;
    return { status: response.status, headers: response.headers, body: answer, text };
  };
  return {
    ...api,
    request,
    async register() {
      users += 1;
      const email = `user${users}@example.org`;
      const { body } = await request('POST', '/users/register', {
        json: { email, password: 'correct horse' },
      });
      return { token: body.accessToken, userId: body.user.id, refreshToken: body.refreshToken, email };
    },
    async upload(token, path, content) {
      const created = await request('POST', '/uploads', {
        token,
        json: { path, sizeBytes: Buffer.byteLength(content) },
      });
      if (created.status !== 200) return created;
      await request('PUT', created.body.upload.url, { body: content });
      return request('POST', `/uploads/${created.body.upload.id}/complete`, {
        token,
        json: { sha256: sha256Of(content) },
      });
    },
  };
}
