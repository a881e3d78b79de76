import { randomUUID } from 'node:crypto';
import { createLog, type Log } from '@instashare/backend/log';
import type { Priority } from '@instashare/backend/queue';
import type { DiskObjectStore, ObjectStore } from '@instashare/backend/storage';
import { createSeenObjects } from '@instashare/backend/versions';
import { createSweep } from '../../src/jobs/sweep.ts';
import type { Turn } from '../../src/sweep/in-parts.ts';
import { runSteps } from '../../src/sweep/run-steps.ts';
import { AUDIT_STEPS, REGULAR_STEPS } from '../../src/sweep/steps.ts';
import type { SweepDependencies } from '../../src/sweep/sweep-context.ts';
import { GRACE_MS, type WorkerWorld } from './world.ts';

const silent = createLog({ name: 'test', level: 'silent' });

/** Of a step by itself: no more than one part of what there is to do. */
export const ONE_TURN: Turn = { budgetMs: 0, onProgress() {}, signal: new AbortController().signal };

export interface Sweeper {
  /** What was enqueued so far. */
  readonly enqueued: string[];
  /** Their jobs' priorities; undefined: before all that have one. */
  readonly priorities: (Priority | undefined)[];
  /** Makes a round so many milliseconds after the world's time. */
  at(ms: number): Promise<void>;
  /** What a dry run of everything would do then. */
  dryRunAt(ms: number): Promise<Record<string, number>>;
}

export interface SweeperOptions {
  /** A queue in which `waiting` jobs wait and `active` blobs are in a worker's hands. */
  readonly queue?: { readonly waiting?: number; readonly active?: readonly string[] };
  readonly dependencies?: Partial<SweepDependencies>;
  readonly signal?: AbortSignal;
  readonly log?: Log;
}

/** What a sweep goes through: on the disk or in a bucket. */
export interface SweptWorld extends Pick<WorkerWorld, 'database' | 'now' | 'userId'> {
  readonly objects: ObjectStore & Partial<Pick<DiskObjectStore, 'unfinishedUploads'>>;
}

export function sweeper(world: SweptWorld, options: SweeperOptions = {}): Sweeper {
  const { queue = {}, dependencies = {}, log = silent, signal = new AbortController().signal } = options;
  const enqueued: string[] = [];
  const priorities: (Priority | undefined)[] = [];
  let nowMs = 0;
  const deps: SweepDependencies = {
    database: world.database,
    objects: world.objects,
    unfinishedUploads: world.objects.unfinishedUploads ?? null,
    retention: { trashDays: 30, versionsKept: 20, versionsKeptDays: 30, changesDays: 30, auditDays: 180 },
    rawObjectGraceMs: GRACE_MS,
    seenObjects: createSeenObjects(),
    now: () => new Date(world.now.getTime() + nowMs),
    newId: () => randomUUID(),
    queue: {
      countWaiting: async () => queue.waiting ?? 0,
      activeCompressions: async () => (queue.active ?? []).map((blobId) => ({ blobId, doneBytes: null })),
      async enqueue(_, payload, { priority } = {}) {
        if (!('blobIds' in payload && Array.isArray(payload.blobIds))) return;
        enqueued.push(...payload.blobIds);
        priorities.push(priority);
      },
    },
    ...dependencies,
  };
  const sweep = createSweep(deps);
  return {
    enqueued,
    priorities,
    async at(ms) {
      nowMs = ms;
      await sweep({}, { log, signal, isLastAttempt: true, reportProgress() {} });
    },
    async dryRunAt(ms) {
      nowMs = ms;
      const cursors = { find: async () => null, save: async () => {} };
      const steps = { ...REGULAR_STEPS, ...AUDIT_STEPS };
      const context = { ...deps, ...ONE_TURN, isDryRun: true, strayGraceMs: 0, cursors, log };
      const { counts, failure } = await runSteps(steps, context);
      if (failure !== null) throw failure;
      return counts;
    },
  };
}

export interface UploadOptions {
  readonly sizeBytes: number;
  readonly path?: string;
  readonly sha256?: string;
  readonly expiresInMs?: number;
  /** The api was killed right after the store had opened the session. */
  readonly isCutOff?: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

/** Opens an upload session as the api does. */
export async function openUpload(world: SweptWorld, options: UploadOptions) {
  const { database, objects, userId } = world;
  const { sizeBytes, sha256 = null, expiresInMs = DAY_MS, isCutOff = false } = options;
  const id = randomUUID();
  const objectKey = `${userId}/${id}`;
  const expiresAt = new Date(world.now.getTime() + expiresInMs);
  const request = { uploadId: id, key: objectKey, sizeBytes, contentType: 'text/plain', expiresAt };
  const { session, url } = await objects.createUploadSession(request);
  await database.repositories.users.reserve(userId, sizeBytes);
  await database.repositories.uploads.insert({
    id,
    userId,
    path: options.path ?? `file-${id}`,
    sizeBytes,
    sha256,
    contentType: 'text/plain',
    modifiedAt: null,
    objectKey,
    session: isCutOff ? null : session,
    reservedBytes: sizeBytes,
    expiresAt,
  });
  return { id, objectKey, session, url };
}
