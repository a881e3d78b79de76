import { isStorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';

/** What is wrong with an object that could not be read. `unreadable`: it may be well, and can't be had now. */
export interface ReadFault {
  readonly kind: 'missing' | 'damaged' | 'unreadable';
  readonly reason: string;
}

/** What a failed read says of the object that was read; null: nothing, since something else failed. */
export function readFaultOf(error: unknown): ReadFault | null {
  if (isStorageError(error, 'object_missing'))
    return { kind: 'missing', reason: 'Its object is missing in the store' };
  if (isStorageError(error, 'object_damaged')) return { kind: 'damaged', reason: error.message };
  const { cause = error }: { cause?: unknown } = isStorageError(error, 'storage_failed') ? error : {};
  if (!(cause instanceof Error) || !(isStorageError(cause) || hasCode(cause))) return null;
  const reason = `Its object can not be read: ${cause.message}`;
  // The disk itself says that it has lost these bytes; rights, a full table of files or a network come right again.
  return { kind: hasCode(cause) && cause.code === 'EIO' ? 'damaged' : 'unreadable', reason };
}

/**
 * The same. Rejects with `error` when it says nothing of the object, and with the store's failure when that can't be
 * used at all: then nothing is known of any object.
 */
export async function requireReadFault(
  error: unknown,
  store: Pick<ObjectStore, 'check'>,
  signal: AbortSignal,
): Promise<ReadFault> {
  signal.throwIfAborted();
  const fault = readFaultOf(error);
  if (fault === null) throw error;
  if (fault.kind !== 'missing' && !isStorageError(error, 'object_damaged')) await store.check();
  return fault;
}

const hasCode = (error: Error): error is Error & { readonly code: string } =>
  'code' in error && typeof error.code === 'string';
