import type { FastifyReply } from 'fastify';

/** nginx' word for a client that went away before its answer was complete. */
const CLIENT_CLOSED_REQUEST = 499;

/** Tells the status of an answer when its connection is done with it, however it ends. */
export function onAnswered({ raw }: Pick<FastifyReply, 'raw'>, tell: (status: number) => void): void {
  raw.once('close', () => tell(raw.writableFinished ? raw.statusCode : CLIENT_CLOSED_REQUEST));
}
