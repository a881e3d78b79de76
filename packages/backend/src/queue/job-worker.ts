import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import type { Log } from '../log/index.ts';
import type { JobTracer } from '../tracing/index.ts';
import { orTimeOut } from '../waiting/index.ts';
import { atMostEvery } from './at-most-every.ts';
import { type OpenWorker, openWorker, type QueueConnection } from './connection.ts';
import { JOB_NAMES, JOBS, type JobName, type JobPayloads } from './definitions.ts';
import { createProgressReporter, type Progress } from './progress.ts';

/** What a handler is given beside its payload. */
export interface JobContext {
  readonly log: Log;
  /** Aborts when the worker stops or has lost the job to another one; the job is then run again. */
  readonly signal: AbortSignal;
  /** True when the queue will not try again should this run fail. */
  readonly isLastAttempt: boolean;
  /** Tells whoever looks at the queue how far the job is; cheap, and never fails. */
  readonly reportProgress: (progress: Progress) => void;
}

export type JobHandler<Name extends JobName> = (
  payload: JobPayloads[Name],
  context: JobContext,
) => Promise<void>;

/** One handler for every job: leaving one out does not compile, and does not start. */
export type JobHandlers = { readonly [Name in JobName]: JobHandler<Name> };

export type JobWorker = AsyncDisposable;

/** Told of every run of a job, for the figures; must not fail. */
export interface JobObserver {
  ended(job: JobName, outcome: 'completed' | 'failed' | 'interrupted', seconds: number): void;
  /** Its worker died with it, and it is run again. */
  stalled(job: JobName): void;
}

export interface JobWorkerOptions extends QueueConnection {
  readonly handlers: JobHandlers;
  /**
   * Called for compression jobs that took their worker down with them again and again: they are not run any
   * more. It must be safe to run twice; when it fails, the sweep asks for the blobs again.
   */
  readonly abandonBlobs: (payload: JobPayloads['compress-blobs']) => Promise<void>;
  /** Compression jobs in hand at once. */
  readonly concurrency: number;
  readonly log: Log;
  readonly observer?: JobObserver | undefined;
  readonly tracer?: JobTracer | undefined;
}

/** A worker that dies is noticed within these two together; the loop must never be busy for as long. */
const LOCK_DURATION_MS = 10_000;
const STALLED_CHECK_MS = 5_000;
/**
 * A job that takes its worker down with it again and again is not tried for ever. Many, because workers also
 * die of other things, and a job in hand then is not to blame.
 */
const MAX_STALLED_COUNT = 10;
/** An idle worker is woken by the queue; this often it also looks by itself. */
const DRAIN_DELAY_SECONDS = 30;
/** On closing: how long jobs may go on, and how long those that were then told to stop may take. */
const FINISH_MS = 1_000;
const ABORT_MS = 4_000;
const START_TIMEOUT_MS = 15_000;
const ERROR_LOG_INTERVAL_MS = 1_000;

/** Takes jobs and runs their handlers until it is disposed. Rejects when the queue does not answer. */
export async function createJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  assertComplete(options.handlers);
  await using starting = new AsyncDisposableStack();
  const workers: OpenWorker[] = [];
  // Together: one after the other they would outlast the process, and the last would take jobs until then.
  starting.defer(async () => {
    await Promise.all(workers.map((worker) => closeBounded(worker, options.log)));
  });
  for (const name of JOB_NAMES) workers.push(openOne(name, options));
  const ready = Promise.all(workers.map((worker) => worker.waitUntilReady()));
  await orTimeOut(ready, START_TIMEOUT_MS, 'The queue did not answer');
  for (const worker of workers) {
    worker.run().catch((error: unknown) => options.log.error({ err: error }, 'a worker loop ended'));
  }
  const resources = starting.move();
  return { [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

function assertComplete(handlers: JobHandlers): void {
  const missing = JOB_NAMES.filter((name) => typeof handlers[name] !== 'function');
  if (missing.length > 0) throw new Error(`These jobs have no handler: ${missing.join(', ')}`);
  const unknown = Object.keys(handlers).filter((name) => !Object.hasOwn(JOBS, name));
  if (unknown.length > 0) throw new Error(`These handlers are for no known job: ${unknown.join(', ')}`);
}

function openOne(name: JobName, options: JobWorkerOptions): OpenWorker {
  const { concurrency } = JOBS[name];
  const log = options.log.child({ job: name });
  const worker: OpenWorker = openWorker(options, name, {
    // Three parameters, all of them named: BullMQ counts them to know whether to make a signal.
    process: (job, token, signal) =>
      runJob(job, token, {
        name,
        handlers: options.handlers,
        log,
        signal,
        observer: options.observer,
        tracer: options.tracer,
        isClosing: () => worker.closing !== undefined,
      }),
    options: {
      autorun: false,
      concurrency: concurrency === 'configured' ? options.concurrency : concurrency,
      lockDuration: LOCK_DURATION_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED_COUNT,
      drainDelay: DRAIN_DELAY_SECONDS,
    },
  });
  // While its database is away, BullMQ reports it again and again without a pause.
  const report = atMostEvery(ERROR_LOG_INTERVAL_MS, (error: Error, left: number) =>
    log.warn({ err: error, left }, 'the queue reports an error'),
  );
  worker.on('error', report);
  worker.on('stalled', (jobId) => {
    options.observer?.stalled(name);
    log.warn({ jobId }, 'a worker died with this job, it is run again');
  });
  worker.on('failed', (job, error) => {
    log.warn({ jobId: job?.id, attempt: job?.attemptsMade, err: error }, 'a job failed');
    if (name === 'compress-blobs' && job !== undefined && job.deferredFailure) abandon(job, options);
  });
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, 'another worker took the job over');
  });
  return worker;
}

/** BullMQ fails such a job without running it: only here it comes to light. */
function abandon(job: Job<unknown, void>, { abandonBlobs, log }: JobWorkerOptions): void {
  const payload = JOBS['compress-blobs'].payload.safeParse(job.data);
  if (!payload.success) return;
  abandonBlobs(payload.data).catch((error: unknown) =>
    log.error({ err: error, jobId: job.id }, 'could not give up on a job, the sweep asks for it again'),
  );
}

interface Run {
  readonly name: JobName;
  readonly handlers: JobHandlers;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
  readonly observer: JobObserver | undefined;
  readonly tracer: JobTracer | undefined;
  readonly isClosing: () => boolean;
}

async function runJob(job: Job<unknown, void>, token: string | undefined, run: Run): Promise<void> {
  const signal = run.signal ?? new AbortController().signal;
  const context: JobContext = {
    log: run.log.child({ jobId: job.id }),
    signal,
    isLastAttempt: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
    reportProgress: createProgressReporter(
      (progress) => job.updateProgress(progress),
      () => performance.now(),
    ),
  };
  const startMs = performance.now();
  const tell = (outcome: Parameters<JobObserver['ended']>[1]) =>
    run.observer?.ended(run.name, outcome, (performance.now() - startMs) / 1000);
  try {
    await traced(run, job, () => callHandler(run, job.data, context));
    tell('completed');
  } catch (error) {
    tell(signal.aborted ? 'interrupted' : 'failed');
    if (!signal.aborted || !run.isClosing()) throw error;
    // It did not fail, we stopped it: the next worker takes it up at once, with no attempt used.
    await job.moveToWait(token);
    throw new WaitingError();
  }
}

function traced({ name, tracer }: Run, job: Job<unknown, void>, work: () => Promise<void>): Promise<void> {
  if (tracer === undefined) return work();
  const carried = job.opts.telemetry?.metadata;
  return tracer.run(name, { carried, jobId: job.id ?? '', attempt: job.attemptsMade + 1 }, work);
}

async function callHandler<Name extends JobName>(
  { name, handlers }: { readonly name: Name; readonly handlers: Pick<JobHandlers, Name> },
  data: unknown,
  context: JobContext,
): Promise<void> {
  const payload = JOBS[name].payload.safeParse(data);
  if (!payload.success) throw new UnrecoverableError(`The payload is not valid: ${payload.error.message}`);
  await handlers[name](payload.data, context);
}

/** Takes no more jobs, lets those in hand finish for a moment, then has them stop. Never rejects. */
async function closeBounded(worker: OpenWorker, log: Log): Promise<void> {
  const closed = worker.close();
  const abort = setTimeout(() => worker.cancelAllJobs('the worker stops'), FINISH_MS);
  try {
    await orTimeOut(closed, FINISH_MS + ABORT_MS, 'Jobs in hand did not stop');
  } catch (error) {
    // Their locks run out by themselves, and then another worker takes them up.
    log.error({ err: error, queue: worker.name }, 'closing with jobs in hand');
  } finally {
    clearTimeout(abort);
  }
}
