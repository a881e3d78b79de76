/**
 * What the process and its compression thread tell each other. All of it crosses as a copy: no functions, no classes.
 */
import type { Config } from '@instashare/backend/config';
import type { BlobRow } from '@instashare/backend/database';
import type { StorageErrorReason } from '@instashare/backend/errors';
import type { DiskObjectStoreOptions } from '@instashare/backend/storage';
import type { Verdict } from '../compress/compress-blob.ts';

/** What the thread is started with. */
export interface ThreadSettings {
  readonly location: Pick<Config, 'dataDir' | 'gcs' | 'publicUrl'>;
  readonly storeOptions: Pick<DiskObjectStoreOptions, 'reserveBytes' | 'urlSecret'>;
  /** Whose the store must be. */
  readonly instanceId: string;
  readonly concurrency: number;
  readonly compressionLevel: number;
}

export type ToThread =
  | { readonly kind: 'compress'; readonly id: number; readonly blob: BlobRow }
  | { readonly kind: 'abort'; readonly id: number };

export type FromThread =
  | { readonly kind: 'progress'; readonly id: number; readonly doneBytes: number }
  | { readonly kind: 'done'; readonly id: number; readonly verdict: Verdict }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure };

/** An error on its way: as a copy it would lose its class. */
export interface Failure {
  /** Of the store's own errors; null for others. */
  readonly reason: StorageErrorReason | null;
  readonly message: string;
  /** Where it arose, and from what. */
  readonly stack: string;
}
