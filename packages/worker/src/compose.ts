import type { Config } from '@instashare/backend/config';
import { createNewId, findStoreOwner, openDatabase } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import {
  createReadiness,
  type MonitoringServer,
  measureStore,
  openWorkerMetrics,
  serveMonitoring,
  type WorkerMetrics,
} from '@instashare/backend/monitoring';
import { createJobQueue, createJobWorker } from '@instashare/backend/queue';
import { openNewsSignals } from '@instashare/backend/signals';
import { openObjectStore } from '@instashare/backend/storage';
import { openTracing, type Tracing } from '@instashare/backend/tracing';
import { createSeenObjects } from '@instashare/backend/versions';
import { createFrameCompressor } from './compress/compress-frame.ts';
import { createSlots } from './compress/slots.ts';
import { createAbandonBlobs } from './jobs/abandon-blobs.ts';
import { createCompressBlobs } from './jobs/compress-blobs.ts';
import { createDeliverWebhook } from './jobs/deliver-webhook.ts';
import { createRecountQuota } from './jobs/recount-quota.ts';
import { createSweep } from './jobs/sweep.ts';
import type { Swept } from './sweep/run-steps.ts';
import { type SweepOptions, sweepEverything } from './sweep/sweep-everything.ts';
import { createPostWebhook } from './webhooks/post-webhook.ts';

const SECOND_MS = 1000;
/** More than there are processors: while one thread waits for the next frame, which is read and hashed, all have work. */
const FRAMES_AHEAD = 1;
/** Beside the frames that are being compressed: one that is being read and one that is being written. */
const SPARE_FRAMES = 2;

export interface RunningWorker extends AsyncDisposable {
  /** Where its figures are; null: nowhere. */
  readonly metricsPort: number | null;
}

/** Builds every object of the worker process once, and takes jobs. Disposing ends them in reverse order. */
export async function composeWorker(config: Config, log: Log): Promise<RunningWorker> {
  await using made = new AsyncDisposableStack();
  const { concurrency, compressionLevel, sweepIntervalSeconds } = config.worker;
  const metrics = await openWorkerMetrics(config);
  const tracing = await openTracing(config, { serviceName: 'instashare-worker', log, made });
  const parts = await openParts(config, { log, made, metrics, tracing, isDryRun: false });
  const { connection, database, newId: nextId, now, objects, queue, rawObjectGraceMs, seenObjects } = parts;
  const framesAtOnce = concurrency + FRAMES_AHEAD;
  const settling = { database, log, now, objects, rawObjectGraceMs, seenObjects };
  const compressBlobs = createCompressBlobs({
    ...settling,
    newId: nextId,
    compressFrame: createFrameCompressor({ atOnce: framesAtOnce }),
    level: compressionLevel,
    slots: createSlots(framesAtOnce + SPARE_FRAMES),
    onSettled: metrics?.blobs.settled,
  });
  made.use(
    await createJobWorker({
      ...connection,
      log,
      concurrency,
      handlers: {
        'compress-blobs': compressBlobs,
        'deliver-webhook': deliverWebhook(config, parts),
        'recount-quota': createRecountQuota({ database }),
        sweep: createSweep(parts),
      },
      abandonBlobs: createAbandonBlobs({ ...settling, queue }),
      observer: metrics?.jobs,
      tracer: tracing?.jobs,
    }),
  );
  const everyMs = sweepIntervalSeconds * SECOND_MS;
  const schedule = () => queue.repeat('sweep', {}, everyMs);
  await schedule();
  made.use(repeatedly(schedule, { everyMs, log }));
  // What a crash left is taken up now and not in half a minute.
  await queue.enqueue('sweep', {});
  const monitoring =
    metrics === null ? null : made.use(await openMonitoring(config, metrics, { ...parts, log }));
  const all = made.move();
  return {
    metricsPort: monitoring?.port ?? null,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

const deliverWebhook = ({ authSecret, worker }: Config, { database, now, newId }: Parts) =>
  createDeliverWebhook({
    database,
    now,
    newId,
    authSecret,
    post: createPostWebhook({ allowedNetworks: worker.webhookNetworks }),
  });

function openMonitoring(
  { monitoring: { host, workerPort, token } }: Config,
  { figures }: WorkerMetrics,
  { database, log, objects, queue }: Pick<Parts, 'database' | 'objects' | 'queue'> & { readonly log: Log },
): Promise<MonitoringServer> {
  const checks = {
    database: () => database.check(),
    queue: () => queue.check(),
    objects: () => objects.check(),
  };
  const readiness = createReadiness(checks, { log });
  return serveMonitoring('WORKER_METRICS_PORT', { host, port: workerPort ?? 0, token, figures, readiness });
}

/** Does all that there is for sweeps to do, and gives what each did, or would do, and what failed. */
export async function composeSweep(
  config: Config,
  options: Pick<SweepOptions, 'isDryRun' | 'log' | 'onProgress' | 'signal'>,
): Promise<Swept> {
  const { isDryRun, log } = options;
  await using made = new AsyncDisposableStack();
  const parts = await openParts(config, { log, made, metrics: null, tracing: null, isDryRun });
  return await sweepEverything({ ...parts, ...options });
}

type Parts = Awaited<ReturnType<typeof openParts>>;

/** What the worker and a sweep by hand have in common. */
async function openParts(
  config: Config,
  opening: {
    readonly log: Log;
    readonly made: AsyncDisposableStack;
    readonly metrics: WorkerMetrics | null;
    readonly tracing: Tracing | null;
    readonly isDryRun: boolean;
  },
) {
  const { log, made, metrics, tracing, isDryRun } = opening;
  const { url, poolSize } = config.database;
  const connection = { databaseUrl: url, redisUrl: config.redisUrl };
  const signals = made.use(await openNewsSignals({ ...connection, log, listener: null }));
  const database = made.use(
    await openDatabase({
      url,
      poolSize,
      applicationName: 'instashare-worker',
      onNews: (userIds) => signals.announce(userIds),
      onQuery: [metrics?.database.queried, tracing?.queried],
    }),
  );
  metrics?.watchPool(database);
  const { store, unfinishedUploads } = await openObjectStore(config, {
    // Only the api hands out addresses, with a secret of its own.
    urlSecret: config.authSecret,
    // What uploads have to leave free is enough to compress some of them, which makes room.
    reserveBytes: config.diskReserveBytes / 2,
    owner: await findStoreOwner(database, { mayMark: !isDryRun }),
  });
  const objects = measureStore(measureStore(made.use(store), metrics?.store), tracing?.stored);
  const queue = made.use(await createJobQueue({ ...connection, log, tracer: tracing?.jobs }));
  const { retention } = config;
  const rawObjectGraceMs = config.worker.rawObjectGraceSeconds * SECOND_MS;
  const now = () => new Date();
  const stored = { objects, rawObjectGraceMs, seenObjects: createSeenObjects(), unfinishedUploads };
  return { connection, database, newId: createNewId(), now, queue, retention, ...stored };
}

/**
 * A queue that came back empty (Redis keeps nothing for sure) has forgotten the schedule, too. Asking again for one
 * that stands changes nothing; while the queue is away one question waits, and not one for each time.
 */
function repeatedly(
  schedule: () => Promise<void>,
  { everyMs, log }: { readonly everyMs: number; readonly log: Log },
): Disposable {
  let isAsking = false;
  const ask = async () => {
    if (isAsking) return;
    isAsking = true;
    try {
      await schedule();
    } catch (error) {
      log.warn({ err: error }, 'could not schedule the sweep');
    } finally {
      isAsking = false;
    }
  };
  const timer = setInterval(() => void ask(), everyMs);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
