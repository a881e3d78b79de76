import { isTRPCClientError } from '@trpc/client';
import { errorFromAnswer, isErrorBody, isRecord } from './error-from-answer.ts';
import { InstashareError, isInstashareError } from './instashare-error.ts';

/** What a failed call says; null when that is not what tRPC says. */
export function fromTrpc(error: {
  readonly data: unknown;
  readonly message: string;
}): InstashareError | null {
  if (!isRecord(error.data)) return null;
  const status = typeof error.data['httpStatus'] === 'number' ? error.data['httpStatus'] : undefined;
  const body = error.data['body'];
  if (isErrorBody(body)) {
    const { issues, suggestedPath } = body;
    const retryAfterMs = retryAfterMsOf(error.data);
    const details = { issues, suggestedPath, status, retryAfterMs, cause: error };
    return new InstashareError(body.code, body.message, details);
  }
  // The adapter's own faults (no such procedure, a body it can't read) carry no body of ours.
  const answer = errorFromAnswer({ status: status ?? 500, body: '' }, 'The server');
  return new InstashareError(answer.code, error.message, { status, cause: error });
}

/** Told of each call by itself: those of a batch share an answer's headers. */
function retryAfterMsOf({ retryAfterSeconds }: Record<string, unknown>): number | undefined {
  return typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : undefined;
}

/**
 * What went wrong, as an {@link InstashareError}. Anything that is not a failure of a call to the server (an
 * abort, a bug) comes back as it is.
 */
export function toInstashareError(error: unknown): unknown {
  if (!isTRPCClientError(error)) return error;
  const known = fromTrpc(error);
  if (known !== null) return known;
  if (error.cause === undefined) {
    return new InstashareError('bad_response', `The server's answer makes no sense: ${error.message}`);
  }
  // Thrown on the way by our own fetch: an InstashareError already, or the caller's abort.
  return error.cause;
}

/** True when the same call may well succeed a little later, with nothing changed. */
export function isTransient(error: unknown): boolean {
  if (!isInstashareError(error)) return false;
  switch (error.code) {
    case 'network':
    case 'unavailable':
    case 'internal_error':
    case 'rate_limited':
    case 'too_many_streams':
    case 'content_unavailable':
    case 'request_aborted':
    case 'request_timeout':
      return true;
    default:
      return false;
  }
}
