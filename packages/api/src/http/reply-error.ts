import type { AppError } from '@instashare/backend/errors';
import type { FastifyBaseLogger, FastifyReply } from 'fastify';
import { ERROR_STATUS } from '../edge/error-status.ts';
import { toErrorBody } from '../edge/to-app-error.ts';

export function sendError(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.retryAfterSeconds !== undefined) void reply.header('retry-after', error.retryAfterSeconds);
  return reply.code(ERROR_STATUS[error.code].status).type('application/json').send(toErrorBody(error));
}

/** What is our fault goes to the log with its cause; what is the client's does not. */
export function logUnexpected(log: FastifyBaseLogger, error: AppError): void {
  if (error.code === 'internal_error') log.error({ err: error.cause }, 'request failed unexpectedly');
  else if (ERROR_STATUS[error.code].status >= 500)
    log.warn({ err: error.cause }, 'request failed for want of a service');
}
