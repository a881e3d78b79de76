import { errors } from '@instashare/backend/errors';
import type { FastifyReply } from 'fastify';

/** Aborts when the client goes away before it has its answer, so that what was opened for it is freed at once. */
export function abortSignalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(errors.requestAborted());
  });
  if (reply.raw.destroyed) controller.abort(errors.requestAborted());
  return controller.signal;
}

/** The same, for tRPC: by the error that it knows, and not for an answer that is on its way. */
export function goneSignalOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) controller.abort();
  });
  if (raw.destroyed) controller.abort();
  return controller.signal;
}
