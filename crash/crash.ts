import { mkdtempDisposable } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@instashare/backend/testing';
import { Client } from 'pg';
import { killAtRandom, work } from './chaos.ts';
import { createJournal } from './journal.ts';
import { createProgram } from './program.ts';
import { createRandom } from './random.ts';
import { type Account, sendJson } from './requests.ts';
import { bookFaults, fileFaults, objectFaults, untilSettled } from './verify.ts';

const CLIENTS = 3;
const MOST_PAUSE_MS = 500;
const SETTLE_MS = 60_000;

export interface CrashOptions {
  readonly kills: number;
  readonly seed: number;
  /** null: the queue is in PostgreSQL. */
  readonly redisUrl: string | null;
}

export interface CrashOutcome {
  /** What was found to be wrong afterwards. */
  readonly faults: readonly string[];
  /** How many operations the server had acknowledged. */
  readonly acknowledged: number;
}

/** Lets clients work while api and worker are killed, waits until the dust has settled, and looks at what is left. */
export async function crash({ kills, seed, redisUrl }: CrashOptions): Promise<CrashOutcome> {
  const random = createRandom(seed);
  await using made = new AsyncDisposableStack();
  const { url: databaseUrl } = made.use(await createTestDatabase());
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'instashare-crash-')));
  const port = await freePort();
  const environment = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl ?? '',
    INSTASHARE_DATA_DIR: folder.path,
    AUTH_SECRET: 'only for tests, as long as needed',
    AUTH_ATTEMPTS_PER_MINUTE: '100000',
    PORT: `${port}`,
    INSTASHARE_SUPERVISED: '1',
    LOG_LEVEL: 'fatal',
    SWEEP_INTERVAL_SECONDS: '1',
    RAW_OBJECT_GRACE_SECONDS: '1',
    UPLOAD_EXPIRES_SECONDS: '5',
  };
  const programs = (['api', 'worker'] as const).map((name) => made.use(createProgram(name, environment)));
  for (const program of programs) await program.start();
  const url = `http://127.0.0.1:${port}`;
  const actors = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) => ({
      account: await register(url, `client${index}`),
      journal: createJournal(),
      random: random.fork(),
    })),
  );

  const stop = new AbortController();
  const working = Promise.all(actors.map((actor) => work(actor, stop.signal))).finally(() => stop.abort());
  const options = { kills, random, mostPauseMs: MOST_PAUSE_MS, signal: stop.signal };
  await killAtRandom(programs, options).finally(() => stop.abort());
  await working;

  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  made.defer(() => database.end());
  await untilSettled(database, SETTLE_MS);
  const ofFiles = await Promise.all(actors.map(({ account, journal }) => fileFaults(account, journal)));
  const ofObjects = await objectFaults(database, folder.path);
  return {
    faults: [...ofFiles.flat(), ...ofObjects, ...(await bookFaults(database))],
    acknowledged: actors.reduce((sum, { journal }) => sum + journal.acknowledgements, 0),
  };
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
    {
      email: `${name}@example.org`,
      password: 'correct horse battery',
    },
  );
  return { url, token };
}
