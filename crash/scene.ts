import { mkdtempDisposable } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GcsServer } from '@instashare/backend/testing';
import { Client } from 'pg';
import { type WorkOptions, work } from './chaos.ts';
import { createJournal } from './journal.ts';
import type { Actor } from './operations.ts';
import { createProgram, type Program } from './program.ts';
import type { Random } from './random.ts';
import { type Account, sendJson } from './requests.ts';
import { viewBucket, viewFolder } from './store-view.ts';
import { sweepLater } from './sweep-later.ts';
import { bookFaults, fileFaults, objectFaults, untilSettled } from './verify.ts';

const CLIENTS = 3;
const SETTLE_MS = 60_000;
/** Passwords are slow to hash, and requests that wait for long are sent away. */
const REGISTERED_AT_ONCE = 10;
const CHECKED_AT_ONCE = 20;

/** Api and worker as processes of their own, and clients at work. */
export interface Scene extends AsyncDisposable {
  readonly programs: readonly Program[];
  readonly actors: readonly Actor[];
  readonly dataDir: string;
  /** Has the clients work until `disturb` is through; rejects with what a client may not be told. */
  whileWorking(disturb: (signal: AbortSignal) => Promise<void>): Promise<void>;
  /**
   * Waits until no work is left, and gives what is wrong then: with files, objects and books. `afterDays`: as if the
   * sweep had looked through the whole store so much later.
   */
  faults(options?: { readonly afterDays?: number }): Promise<string[]>;
  /** How many operations the server has acknowledged so far. */
  acknowledged(): number;
}

export interface SceneOptions {
  readonly databaseUrl: string;
  /** null: the queue is in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly random: Random;
  /** How many, each with an account of its own. */
  readonly clients?: number;
  readonly work?: WorkOptions;
  /** Where objects go instead. */
  readonly bucket?: GcsServer | null;
  /** Where files go; left out: in a temporary folder of its own. */
  readonly dataDir?: string;
  /** More of the programs' environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function openScene(options: SceneOptions): Promise<Scene> {
  const { databaseUrl, redisUrl, random, bucket = null, clients = CLIENTS } = options;
  await using made = new AsyncDisposableStack();
  const dataDir =
    options.dataDir ?? made.use(await mkdtempDisposable(join(tmpdir(), 'instashare-crash-'))).path;
  const store = bucket === null ? viewFolder(dataDir) : viewBucket(bucket);
  const port = await freePort();
  const environment = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl ?? '',
    INSTASHARE_DATA_DIR: dataDir,
    AUTH_SECRET: 'only for tests, as long as needed',
    AUTH_ATTEMPTS_PER_MINUTE: '100000',
    // Longer than the longest run: what a client does when it is over is tested elsewhere.
    ACCESS_TOKEN_SECONDS: `${24 * 60 * 60}`,
    PORT: `${port}`,
    INSTASHARE_SUPERVISED: '1',
    LOG_LEVEL: 'fatal',
    SWEEP_INTERVAL_SECONDS: '1',
    RAW_OBJECT_GRACE_SECONDS: '1',
    UPLOAD_EXPIRES_SECONDS: '5',
    ...(bucket === null ? {} : { GCS_BUCKET: bucket.bucket, STORAGE_EMULATOR_HOST: bucket.url }),
    ...options.environment,
  };
  const programs = (['api', 'worker'] as const).map((name) => made.use(createProgram(name, environment)));
  for (const program of programs) await program.start();
  const url = `http://127.0.0.1:${port}`;
  const actors: Actor[] = [];
  for (let at = 0; at < clients; at += REGISTERED_AT_ONCE) {
    const some = Array.from({ length: Math.min(REGISTERED_AT_ONCE, clients - at) }, async (_, index) => ({
      account: await register(url, `client${at + index}`),
      journal: createJournal(),
      random: random.fork(),
    }));
    actors.push(...(await Promise.all(some)));
  }
  const resources = made.move();
  return {
    programs,
    actors,
    dataDir,
    async whileWorking(disturb) {
      const stop = new AbortController();
      const ends = [
        ...actors.map((actor) => work(actor, stop.signal, options.work)),
        disturb(stop.signal),
      ].map((end) => end.finally(() => stop.abort()));
      // All of them end before anything is closed.
      const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    async faults({ afterDays = 0 } = {}) {
      await using database = await connect(databaseUrl);
      await untilSettled(database.client, SETTLE_MS);
      if (afterDays > 0) await sweepLater(store, { afterDays, environment });
      const ofFiles: string[] = [];
      for (let at = 0; at < actors.length; at += CHECKED_AT_ONCE) {
        const some = actors.slice(at, at + CHECKED_AT_ONCE);
        const faults = some.map(({ account, journal }) => fileFaults(account, journal));
        ofFiles.push(...(await Promise.all(faults)).flat());
      }
      const ofObjects = await objectFaults(database.client, store, { isSwept: afterDays > 0 });
      return [...ofFiles, ...ofObjects, ...(await bookFaults(database.client))];
    },
    acknowledged: () => actors.reduce((sum, { journal }) => sum + journal.acknowledgements, 0),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function connect(url: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

async function register(url: string, name: string): Promise<Account> {
  const { accessToken: token } = await sendJson<{ accessToken: string }>(
    { url, token: '' },
    '/users/register',
    { email: `${name}@example.org`, password: 'correct horse battery' },
  );
  return { url, token };
}
