import type { Config } from '@instashare/backend/config';
import type { Database } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import type { JobQueue } from '@instashare/backend/queue';
import type { ObjectStore, UnfinishedUploads } from '@instashare/backend/storage';
import type { SeenObjects } from '@instashare/backend/versions';
import type { Turn } from './in-parts.ts';

export interface SweepDependencies {
  readonly database: Database;
  readonly objects: Pick<
    ObjectStore,
    'cancelUploadSession' | 'check' | 'delete' | 'list' | 'put' | 'read' | 'stat' | 'uploadSessionStatus'
  >;
  /** null for a store that shows none: its sessions expire by themselves. */
  readonly unfinishedUploads: UnfinishedUploads | null;
  readonly queue: Pick<JobQueue, 'activeCompressions' | 'countWaiting' | 'enqueue'>;
  readonly seenObjects: SeenObjects;
  readonly retention: Config['retention'];
  /** How long an object stays after its contents have moved, for downloads that are under way. */
  readonly rawObjectGraceMs: number;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Where a step that goes through everything part by part has got to; null before the first and after the last. */
export interface SweepCursors {
  find(step: string): Promise<string | null>;
  save(step: string, cursor: string | null): Promise<void>;
}

export interface SweepContext extends SweepDependencies, Turn {
  /** Only look and count: change nothing, neither in the database nor in the store nor in the queue. */
  readonly isDryRun: boolean;
  /** How long objects that nothing in the database names are kept after they were found. */
  readonly strayGraceMs: number;
  readonly cursors: SweepCursors;
  readonly log: Log;
}

/**
 * One kind of repair or removal: does a bounded part of it, and gives how many things it did, or would do. It may
 * run twice, several times at once, or be killed anywhere; what it leaves, the next one finds. It holds no
 * connection to the database while it waits for the store.
 */
export type SweepStep = (context: SweepContext) => Promise<number>;
