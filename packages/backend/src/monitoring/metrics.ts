import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../database/index.ts';
import { JOB_NAMES, type JobQueue } from '../queue/index.ts';
import type { BlobMeter, HttpMeter, JobMeter, QueryMeter, StoreMeter, UploadMeter } from './meters.ts';
import { statementKind } from './statement-kind.ts';

/** What `GET /metrics` is answered with. */
export interface Figures {
  readonly contentType: string;
  readonly render: () => Promise<string>;
}

interface SharedMetrics {
  readonly figures: Figures;
  readonly store: StoreMeter;
  readonly database: QueryMeter;
  /** Shows the connections of this process to the database. */
  watchPool(database: Pick<Database, 'poolState'>): void;
}

export interface ApiMetrics extends SharedMetrics {
  readonly http: HttpMeter;
  readonly uploads: UploadMeter;
  /** Shows what waits in the queue; it is asked when the figures are. */
  watchQueue(queue: Pick<JobQueue, 'backlog'>): void;
}

export interface WorkerMetrics extends SharedMetrics {
  readonly jobs: JobMeter;
  readonly blobs: BlobMeter;
}

/** From a query on the same machine to one that is about to be given up. */
const QUERY_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10];
const REQUEST_SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10, 60];
const STORE_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 60];
const JOB_SECONDS = [0.05, 0.25, 1, 5, 30, 120, 600, 3600];

export function createApiMetrics(): ApiMetrics {
  const registry = createRegistry();
  return {
    ...createSharedMetrics(registry),
    http: createHttpMeter(registry),
    uploads: createUploadMeter(registry),
    watchQueue: (queue) => watchQueue(registry, queue),
  };
}

export function createWorkerMetrics(): WorkerMetrics {
  const registry = createRegistry();
  return {
    ...createSharedMetrics(registry),
    jobs: createJobMeter(registry),
    blobs: createBlobMeter(registry),
  };
}

/** Processor time, memory, open files, garbage collection and the delay of the event loop come from the library. */
function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

function createSharedMetrics(registry: Registry): SharedMetrics {
  return {
    figures: { contentType: registry.contentType, render: () => registry.metrics() },
    store: createStoreMeter(registry),
    database: createQueryMeter(registry),
    watchPool: (database) => watchPool(registry, database),
  };
}

function createHttpMeter(registry: Registry): HttpMeter {
  const inProgress = new Gauge({
    name: 'instashare_http_requests_in_progress',
    help: 'Requests that are being answered, streams of events included.',
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'instashare_http_request_duration_seconds',
    help: 'From the headers of a request to the end of its answer; status 499: the client went away before.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_SECONDS,
    registers: [registry],
  });
  return {
    begin() {
      const startMs = performance.now();
      inProgress.inc();
      return (labels) => {
        inProgress.dec();
        duration.observe({ ...labels }, (performance.now() - startMs) / 1000);
      };
    },
  };
}

function createUploadMeter(registry: Registry): UploadMeter {
  const uploads = new Counter({
    name: 'instashare_uploads_total',
    help: 'Files that were stored, by the way they came; content "known": their content was there already.',
    labelNames: ['way', 'content'],
    registers: [registry],
  });
  const bytes = new Counter({
    name: 'instashare_uploaded_bytes_total',
    help: 'Bytes of new content that was stored, as the clients sent them.',
    labelNames: ['way'],
    registers: [registry],
  });
  return {
    stored(way, files, newContents) {
      uploads.inc({ way, content: 'new' }, newContents.length);
      uploads.inc({ way, content: 'known' }, files - newContents.length);
      bytes.inc(
        { way },
        newContents.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      );
    },
  };
}

function createStoreMeter(registry: Registry): StoreMeter {
  const duration = new Histogram({
    name: 'instashare_store_operation_duration_seconds',
    help: 'Calls of the object store; "put" includes waiting for whoever sends the bytes.',
    labelNames: ['operation'],
    buckets: STORE_SECONDS,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'instashare_store_operation_failures_total',
    help: 'Calls of the object store that failed, by reason.',
    labelNames: ['operation', 'reason'],
    registers: [registry],
  });
  // Alerts ask how much these grow, and a figure that appears with its first failure does not.
  for (const operation of ['create_upload_session', 'put', 'read'])
    for (const reason of ['storage_full', 'storage_failed']) failures.inc({ operation, reason }, 0);
  return {
    ended(operation, seconds, reason) {
      duration.observe({ operation }, seconds);
      if (reason !== null) failures.inc({ operation, reason });
    },
  };
}

function createQueryMeter(registry: Registry): QueryMeter {
  const duration = new Histogram({
    name: 'instashare_database_query_duration_seconds',
    help: 'Statements that the database answered, without waiting for a connection.',
    labelNames: ['statement'],
    buckets: QUERY_SECONDS,
    registers: [registry],
  });
  const failures = new Counter({
    name: 'instashare_database_query_failures_total',
    help: 'Statements that failed; those that lost a race are tried again.',
    labelNames: ['statement'],
    registers: [registry],
  });
  return {
    queried({ sql, ms }) {
      const statement = statementKind(sql);
      if (ms === null) failures.inc({ statement });
      else duration.observe({ statement }, ms / 1000);
    },
  };
}

function watchPool(registry: Registry, database: Pick<Database, 'poolState'>): void {
  const gauge = new Gauge({
    name: 'instashare_database_pool_connections',
    help: 'Connections of this process to the database; "waiting": work that waits for one.',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { used, idle, waiting } = database.poolState();
      this.set({ state: 'used' }, used);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  registry.registerMetric(gauge);
}

type Backlogs = ReadonlyMap<string, Awaited<ReturnType<JobQueue['backlog']>>>;

/** Reads them once for both figures, which are collected side by side. */
function createBacklogReader(queue: Pick<JobQueue, 'backlog'>): () => Promise<Backlogs> {
  let reading: Promise<Backlogs> | null = null;
  const read = async (): Promise<Backlogs> => {
    const backlogs = await Promise.all(
      JOB_NAMES.map(async (name) => {
        // A queue that does not answer has no figures, and the other figures shall be seen then all the more.
        const backlog = await queue.backlog(name).catch(() => null);
        return backlog === null ? [] : [[name, backlog] as const];
      }),
    );
    reading = null;
    return new Map(backlogs.flat());
  };
  return () => (reading ??= read());
}

function watchQueue(registry: Registry, queue: Pick<JobQueue, 'backlog'>): void {
  const readBacklogs = createBacklogReader(queue);
  const age = new Gauge({
    name: 'instashare_queue_oldest_waiting_seconds',
    help: 'How long ago the job was asked for that has waited longest; 0: none waits. The same from every api.',
    labelNames: ['queue'],
    registers: [],
    async collect() {
      const backlogs = await readBacklogs();
      this.reset();
      for (const [name, { oldestWaitingSeconds }] of backlogs)
        this.set({ queue: name }, oldestWaitingSeconds);
    },
  });
  const jobs = new Gauge({
    name: 'instashare_queue_jobs',
    help: 'Jobs in the queue, by state. The same from every api: take the maximum, not the sum.',
    labelNames: ['queue', 'state'],
    registers: [],
    async collect() {
      const backlogs = await readBacklogs();
      this.reset();
      for (const [name, { waiting, delayed, active, failed }] of backlogs)
        for (const [state, count] of Object.entries({ waiting, delayed, active, failed }))
          this.set({ queue: name, state }, count);
    },
  });
  registry.registerMetric(age);
  registry.registerMetric(jobs);
}

function createJobMeter(registry: Registry): JobMeter {
  const duration = new Histogram({
    name: 'instashare_job_duration_seconds',
    help: 'Runs of jobs; "interrupted": the worker was stopped, another goes on; a failed one may be tried again.',
    labelNames: ['job', 'outcome'],
    buckets: JOB_SECONDS,
    registers: [registry],
  });
  const stalled = new Counter({
    name: 'instashare_jobs_stalled_total',
    help: 'Jobs that were taken up again because their worker had died or was stuck.',
    labelNames: ['job'],
    registers: [registry],
  });
  for (const job of JOB_NAMES) {
    stalled.inc({ job }, 0);
    duration.zero({ job, outcome: 'completed' });
  }
  return {
    ended: (job, outcome, seconds) => duration.observe({ job, outcome }, seconds),
    stalled: (job) => stalled.inc({ job }),
  };
}

function createBlobMeter(registry: Registry): BlobMeter {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `instashare_${name}_total`, help, labelNames, registers: [registry] });
  const blobs = counter('blobs_settled', 'Contents that were verified, by what they came to.', 'outcome');
  for (const outcome of ['ready', 'failed', 'duplicate']) blobs.inc({ outcome }, 0);
  const content = counter('compressed_content_bytes', 'Bytes of contents that were verified, decompressed.');
  const stored = counter('compressed_stored_bytes', 'Bytes that these take in the store.');
  return {
    settled({ ready, failed, duplicates, sizeBytes, storedBytes }) {
      blobs.inc({ outcome: 'ready' }, ready);
      blobs.inc({ outcome: 'failed' }, failed);
      blobs.inc({ outcome: 'duplicate' }, duplicates);
      content.inc(sizeBytes);
      stored.inc(storedBytes);
    },
  };
}
