import { isDatabaseAway } from '@instashare/backend/database';
import { AppError, errors, isAppError, isStorageError } from '@instashare/backend/errors';
import type { ErrorBody } from '@instashare/contracts';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { fromFastify } from './from-fastify.ts';

function fromZod(error: ZodError): AppError {
  const issues = error.issues.map(({ path, message }) => ({ path: path.map(toKey), message }));
  const [first] = issues;
  const where = first === undefined || first.path.length === 0 ? '' : `${first.path.join('.')}: `;
  return errors.invalidInput(`${where}${first?.message ?? 'The request is malformed'}`, issues);
}

const toKey = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));

function fromTrpc(error: TRPCError): AppError | null {
  if (error.cause instanceof ZodError && error.code === 'BAD_REQUEST') return fromZod(error.cause);
  switch (error.code) {
    case 'PARSE_ERROR':
    case 'BAD_REQUEST':
      return errors.invalidInput('The request body is not what this address takes', []);
    case 'NOT_FOUND':
    case 'METHOD_NOT_SUPPORTED':
      return errors.notFound();
    case 'UNSUPPORTED_MEDIA_TYPE':
      return errors.unsupportedMediaType('Send the body as application/json');
    case 'PAYLOAD_TOO_LARGE':
      return errors.payloadTooLarge('The request body is too large for this address');
    default:
      return null;
  }
}

/** What to tell the person who asked. `internal_error`, which tells nothing, for what we did not expect. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  // What went wrong first; that the clearing up after it failed as well is its consequence more often than not.
  if (error instanceof SuppressedError) return toAppError(error.suppressed);
  if (error instanceof TRPCError) {
    if (isAppError(error.cause)) return error.cause;
    // An answer of ours that does not fit its own schema is our fault, not the client's.
    if (error.cause instanceof ZodError && error.code === 'INTERNAL_SERVER_ERROR')
      return internalError(error);
    return fromTrpc(error) ?? (error.cause === undefined ? internalError(error) : toAppError(error.cause));
  }
  if (error instanceof ZodError) return fromZod(error);
  if (isStorageError(error, 'storage_full')) return errors.storageFull(error);
  if (isStorageError(error, 'object_missing')) return errors.contentUnavailable(error);
  if (isStorageError(error)) return errors.unavailable('The object store', error);
  if (isDatabaseAway(error)) return errors.unavailable('The database', error);
  const refused = error instanceof Error ? fromFastify(error) : null;
  return refused ?? internalError(error);
}

const internalError = (cause: unknown) =>
  new AppError('internal_error', 'Something went wrong on our side; try again', { cause });

export function toErrorBody(error: AppError): ErrorBody {
  return {
    code: error.code,
    message: error.message,
    ...(error.suggestedPath === undefined ? {} : { suggestedPath: error.suggestedPath }),
    ...(error.issues === undefined || error.issues.length === 0 ? {} : { issues: [...error.issues] }),
  };
}
