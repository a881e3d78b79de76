import { ConfigError } from '@instashare/backend/config';
import { isStorageError } from '@instashare/backend/errors';
import { AdminError, UsageError } from './admin-error.ts';

/** What is said of a failure: of one that is expected its message, of a bug where it is, of several each. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError) {
    const each = error.errors.map((one: unknown) => describeError(one));
    return [...(error.message === '' ? [] : [`${error.message}:`]), ...each].join('\n  ');
  }
  // What the store says is general; its cause names the file and what the system had against it.
  if (isStorageError(error) && error.cause instanceof Error)
    return `${error.message}: ${error.cause.message}`;
  const isExpected =
    [AdminError, ConfigError, UsageError].some((kind) => error instanceof kind) ||
    isStorageError(error) ||
    'code' in error;
  return isExpected ? error.message : (error.stack ?? error.message);
}
