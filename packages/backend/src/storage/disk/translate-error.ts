import { StorageError } from '../../errors/index.ts';

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code;
}

/** The file system's error in the words of the port. */
export function translateError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageError('storage_full', 'The disk is full', { cause: error });
    case 'ENOENT':
      return new StorageError('object_missing', 'There is no such object', { cause: error });
    case 'EEXIST':
      return new StorageError('object_exists', 'There is an object with this key', { cause: error });
    default:
      return new StorageError('storage_failed', 'The disk could not be used', { cause: error });
  }
}

/** `ifMissing` when the file that `work` wants is not there. */
export async function orIfMissing<T, M>(work: Promise<T>, ifMissing: M): Promise<T | M> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return ifMissing;
    throw error;
  }
}

/** The same for what comes of `work`. */
export function translated<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw translateError(error);
  });
}
