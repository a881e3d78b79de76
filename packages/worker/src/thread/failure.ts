import { inspect } from 'node:util';
import { isStorageError, StorageError } from '@instashare/backend/errors';
import type { Failure } from './messages.ts';

export function toFailure(error: unknown): Failure {
  return {
    reason: isStorageError(error) ? error.reason : null,
    message: error instanceof Error ? error.message : String(error),
    // With its causes.
    stack: inspect(error),
  };
}

export function fromFailure({ reason, message, stack }: Failure): Error {
  const error = reason === null ? new Error(message) : new StorageError(reason, message);
  error.stack = stack;
  return error;
}
