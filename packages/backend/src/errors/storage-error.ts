export type StorageErrorReason =
  | 'object_exists'
  | 'object_missing'
  | 'object_too_large'
  /** The bytes are not what they should be: cut short, or not decodable to the content they stand for. */
  | 'object_damaged'
  | 'storage_full'
  | 'storage_failed';

/** A failure of the object store. Internal: services turn it into an `AppError` where a person asked. */
export class StorageError extends Error {
  readonly reason: StorageErrorReason;

  constructor(reason: StorageErrorReason, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StorageError';
    this.reason = reason;
  }
}

export function isStorageError(error: unknown, reason?: StorageErrorReason): error is StorageError {
  return error instanceof StorageError && (reason === undefined || error.reason === reason);
}
