import { mkdir, mkdtempDisposable, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createTestDatabase, figuresOf, freePort, readFigures } from '@instashare/backend/testing';
import { Client } from 'pg';
import { killAtRandom, OPERATIONS } from './chaos.ts';
import { abandonUpload, catchUp, followEvents, shareFile } from './live-operations.ts';
import type { Program } from './program.ts';
import { createRandom, type Random } from './random.ts';
import { openScene } from './scene.ts';
import {
  handleFaults,
  type Latency,
  latencyFaults,
  medianOf,
  memoryFaults,
  type Rest,
  type Sample,
} from './soak-verdict.ts';

/** What people do most is to look and to send; the rest is what crashes are tried with. */
const MIX = [...OPERATIONS, ...OPERATIONS, shareFile, followEvents, followEvents, catchUp, abandonUpload];
/** A person does not ask without a pause: two hundred of them ask about forty times a second. */
const MOST_PAUSE_MS = 10_000;
/** In the first third processes are killed; those of the other two live on, and are watched. */
const KILLING_PART = 1 / 3;
const MOST_PAUSE_OF_KILLS_MS = 8_000;
const MOST_PAUSE_OF_FAULTS_MS = 6_000;
const OVERLOAD_MS = 400;
/** What api and worker may take of PostgreSQL together: docs/operations.md. */
const MOST_CONNECTIONS = 12 + 12 + 2 + 6 + 6 + 9;
const REST_MS = 60_000;
/** In a shorter time what else a machine has to do shows in the latencies, and says nothing of us. */
const JUDGED_FROM_MS = 10 * 60_000;

export interface SoakOptions {
  readonly durationMs: number;
  readonly clients: number;
  readonly seed: number;
  /** null: the queue is in PostgreSQL. */
  readonly redisUrl: string | null;
}

export interface SoakOutcome {
  readonly faults: readonly string[];
  readonly acknowledged: number;
  /** For who reads along. */
  readonly summary: string;
}

/** A mixed load with kills and faults for as long as is asked for, and what it has left behind. */
export async function soak({ durationMs, clients, seed, redisUrl }: SoakOptions): Promise<SoakOutcome> {
  const random = createRandom(seed);
  await using database = await createTestDatabase();
  await using temporary = await mkdtempDisposable(join(tmpdir(), 'instashare-soak-'));
  const ports = { api: await freePort(), worker: await freePort() };
  const latencies: Latency[] = [];
  await using scene = await openScene({
    databaseUrl: database.url,
    redisUrl,
    random,
    clients,
    work: {
      operations: MIX,
      mostPauseMs: MOST_PAUSE_MS,
      // Whoever follows events does so for as long as that takes.
      onDone: (operation, ms) =>
        void (operation === followEvents.name ? null : latencies.push({ atMs: performance.now(), ms })),
    },
    environment: {
      API_METRICS_PORT: `${ports.api}`,
      WORKER_METRICS_PORT: `${ports.worker}`,
      UPLOAD_EXPIRES_SECONDS: '15',
      TMPDIR: await ownFolder(temporary.path),
    },
  });
  await using watch = await openWatch(database.url, ports);

  const killingMs = durationMs * KILLING_PART;
  await scene.whileWorking((signal) =>
    killAtRandom(scene.programs, {
      untilMs: performance.now() + killingMs,
      random: random.fork(),
      mostPauseMs: MOST_PAUSE_OF_KILLS_MS,
      signal,
    }),
  );
  const before = await watch.rest();
  latencies.length = 0;
  await scene.whileWorking((signal) =>
    disturb(scene.programs, {
      untilMs: performance.now() + durationMs - killingMs,
      watch,
      random: random.fork(),
      signal,
    }),
  );
  const faults = await scene.faults();
  const after = await watch.rest();
  return {
    faults: [
      ...faults,
      ...memoryFaults(watch.samples),
      ...handleFaults(before, after),
      ...(durationMs < JUDGED_FROM_MS ? [] : latencyFaults(latencies)),
      ...(await watch.queueFaults()),
      ...(watch.mostConnections() <= MOST_CONNECTIONS
        ? []
        : [`${watch.mostConnections()} connections to the database, and not ${MOST_CONNECTIONS} at most`]),
      ...(await readdir(join(temporary.path, 'tmp'))).map(
        (name) => `the temporary file ${name} was left behind`,
      ),
    ],
    acknowledged: scene.acknowledged(),
    summary:
      `${latencies.length} answers, median ${Math.round(medianOf(latencies.map(({ ms }) => ms)))} ms; ` +
      `${watch.mostConnections()} connections at most; handles ${JSON.stringify({ before, after })}`,
  };
}

async function ownFolder(parent: string): Promise<string> {
  const path = join(parent, 'tmp');
  await mkdir(path);
  return path;
}

interface Watch extends AsyncDisposable {
  readonly samples: readonly Sample[];
  /** One of each process, and a look at the connections. */
  sample(): Promise<void>;
  readonly mostConnections: () => number;
  /** Cuts one connection of the processes to the database, whatever it is about. */
  cutConnection(): Promise<void>;
  /** What the processes hold now. */
  rest(): Promise<Rest[]>;
  queueFaults(): Promise<string[]>;
}

async function openWatch(
  databaseUrl: string,
  ports: Readonly<Record<Program['name'], number>>,
): Promise<Watch> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'soak' });
  await client.connect();
  const samples: Sample[] = [];
  let most = 0;
  const ours = "datname = current_database() AND application_name LIKE 'instashare-%'";
  const figuresFor = (program: Program['name']) => readFigures(`http://127.0.0.1:${ports[program]}/metrics`);
  const programs = ['api', 'worker'] as const;
  return {
    samples,
    mostConnections: () => most,
    async sample() {
      for (const program of programs) {
        const figures = await figuresFor(program);
        const of = (name: string) => figures.get(name) ?? 0;
        samples.push({
          program,
          atMs: performance.now(),
          heapBytes: of('nodejs_heap_size_used_bytes') + of('nodejs_external_memory_bytes'),
          residentBytes: of('process_resident_memory_bytes'),
        });
      }
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE ${ours}`,
      );
      most = Math.max(most, rows[0]?.count ?? 0);
    },
    async cutConnection() {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ours} ORDER BY random() LIMIT 1`,
      );
    },
    rest: () =>
      Promise.all(
        programs.map(async (program) => {
          const open = (await figuresFor(program)).get('process_open_fds') ?? 0;
          return { program, handles: open };
        }),
      ),
    async queueFaults() {
      const until = performance.now() + REST_MS;
      for (;;) {
        const jobs = figuresOf(await figuresFor('api'), 'instashare_queue_jobs');
        const left = Object.entries(jobs).filter(
          ([labels, count]) => /compress-blobs.*(waiting|delayed|active)/.test(labels) && count > 0,
        );
        if (left.length === 0) return [];
        if (performance.now() > until)
          return left.map(([labels, count]) => `${count} jobs are stuck: ${labels}`);
        await delay(1000);
      }
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

/** Connections break and machines stand still, and no process ends of it. */
async function disturb(
  programs: readonly Program[],
  options: {
    readonly untilMs: number;
    readonly watch: Watch;
    readonly random: Random;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { untilMs, watch, random, signal } = options;
  while (performance.now() < untilMs && !signal.aborted) {
    const pauseMs = Math.min(random.below(MOST_PAUSE_OF_FAULTS_MS), untilMs - performance.now());
    await delay(Math.max(0, pauseMs));
    await watch.sample();
    if (random.below(2) === 0) await watch.cutConnection();
    else {
      const program = random.pick(programs);
      program.pause();
      await delay(random.below(OVERLOAD_MS));
      program.resume();
    }
  }
  const ended = programs.filter((program) => !program.isRunning());
  if (ended.length > 0) throw new Error(`${ended.map(({ name }) => name).join(' and ')} ended by itself`);
}
