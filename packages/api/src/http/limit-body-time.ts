import type { IncomingMessage } from 'node:http';
import { errors } from '@instashare/backend/errors';
import type { FastifyInstance } from 'fastify';
import { hasBody } from './has-body.ts';

/** Of JSON or a form, which have a mebibyte at most. */
const BODY_MAY_TAKE_MS = 60_000;

/** `bodyLimit` of a route that takes files: their bytes are counted as they come, and may take hours. */
export const ANY_LENGTH = Number.MAX_SAFE_INTEGER;

/** How often it is looked whether one has taken too long. */
const LOOK_EVERY_MS = 1000;

/**
 * A body that is read whole before its route is asked must be there in this time, or who sends it byte by byte holds it, and
 * its connection, as long as he likes. The server can't have such a limit, since uploads may take as long as they do.
 */
export function limitBodyTime(
  app: FastifyInstance,
  { bodyMayTakeMs = BODY_MAY_TAKE_MS }: { readonly bodyMayTakeMs?: number },
): void {
  const awaited = createAwaitedBodies(bodyMayTakeMs);
  app.addHook('onRequest', ({ headers, raw, routeOptions }, _reply, done) => {
    if (hasBody(headers) && routeOptions.bodyLimit !== ANY_LENGTH) awaited.add(raw);
    done();
  });
}

/** One timer for all of them: setting and clearing one for each took a fiftieth of what a short request costs. */
function createAwaitedBodies(mayTakeMs: number) {
  /** When each has to be there, the first at the front. */
  const dueAt = new Map<IncomingMessage, number>();
  let timer: NodeJS.Timeout | null = null;

  const look = (): void => {
    const now = performance.now();
    for (const [body, due] of dueAt) {
      if (due > now) return;
      dueAt.delete(body);
      refuse(body);
    }
    if (dueAt.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    add(body: IncomingMessage): void {
      dueAt.set(body, performance.now() + mayTakeMs);
      const forget = () => dueAt.delete(body);
      body.once('end', forget).once('close', forget);
      timer ??= setInterval(look, Math.min(LOOK_EVERY_MS, mayTakeMs)).unref();
    },
  };
}

/** Fastify waits for the error of a body that it reads, and answers with it; nobody else listens for one. */
function refuse(body: IncomingMessage): void {
  if (body.listenerCount('error') > 0) body.emit('error', errors.requestTimeout());
  else body.destroy();
}
