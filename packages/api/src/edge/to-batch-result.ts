import { type AppError, isAppError } from '@instashare/backend/errors';
import type { ErrorBody } from '@instashare/contracts';
import { toErrorBody } from './to-app-error.ts';

/** What came of one of many, as it is answered. */
export function toBatchResult<T extends object>(result: T | AppError): T | { readonly error: ErrorBody } {
  return isAppError(result) ? { error: toErrorBody(result) } : result;
}
