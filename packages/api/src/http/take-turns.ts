import { AsyncResource } from 'node:async_hooks';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** While the database answers one for each connection, as many again are made ready, and as many are sent. */
const TURNS_PER_CONNECTION = 3;
/** Who takes longer, while nobody waits for a connection, waits for something that others need not wait for. */
const COUNTS_FOR_MS = 25;
/** And whoever takes as long as this, however much the database has to do. */
const COUNTS_AT_MOST_MS = 1000;
const LOOK_EVERY_MS = 10;

/**
 * Has the requests of this scope worked on a few at a time, in the order in which they came: they would wait for the
 * database anyway, and each would keep what was made for it until then alive. With 256 at once V8 copied that, and with it the
 * answers that came to hang on it, to where it is found to be garbage much later: half of the processor time of a listing.
 * `connections`: to the database. `isBusy`: whether somebody waits for one.
 */
export function takeTurns(
  app: FastifyInstance,
  { connections, isBusy }: { readonly connections: number; readonly isBusy: () => boolean },
): void {
  const turns = createTurns<FastifyReply>({ atOnce: TURNS_PER_CONNECTION * connections, isBusy });
  app.addHook('preHandler', (_request, reply, done) => {
    turns.begin(reply, () => {
      // Nobody waits for the answer any more.
      if (reply.raw.destroyed) turns.end(reply);
      else done();
    });
  });
  // When the answer begins, not when it ends: it may be a stream of events. Not by a promise: see `closePromptly`.
  // oxlint-disable-next-line max-params -- Fastify tells hooks with a callback by their four
  app.addHook('onSend', (_request, reply, payload, done) => {
    turns.end(reply);
    done(null, payload);
  });
}

export interface Turns<Who> {
  /** Calls `work` as soon as fewer than `atOnce` are worked on. */
  readonly begin: (who: Who, work: () => void) => void;
  /** It is not worked on any more. May be said of who never began. */
  readonly end: (who: Who) => void;
}

interface TurnsOptions {
  readonly atOnce: number;
  readonly isBusy: () => boolean;
}

export function createTurns<Who>({ atOnce, isBusy }: TurnsOptions): Turns<Who> {
  /** Since when, the first at the front. */
  const begun = new Map<Who, number>();
  const waiting: { readonly who: Who; readonly work: () => void }[] = [];
  let timer: NodeJS.Timeout | null = null;

  const take = (who: Who): void => void begun.set(who, performance.now());
  const letIn = (): void => {
    while (begun.size < atOnce) {
      const next = waiting.shift();
      if (next === undefined) return;
      take(next.who);
      // Not within what the one before does last.
      setImmediate(next.work);
    }
  };
  const forgetLong = (): void => {
    const longAgo = performance.now() - (isBusy() ? COUNTS_AT_MOST_MS : COUNTS_FOR_MS);
    for (const [who, since] of begun) {
      if (since > longAgo) return;
      begun.delete(who);
    }
  };
  /** For those who wait: who comes now stands behind them. */
  const makeRoom = (): void => {
    forgetLong();
    letIn();
  };
  const look = (): void => {
    makeRoom();
    if (waiting.length > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
  return {
    begin(who, work) {
      if (begun.size >= atOnce) makeRoom();
      if (begun.size < atOnce) {
        take(who);
        work();
        return;
      }
      // What it logs and traces is its own, and not of whom it is let in by.
      waiting.push({ who, work: AsyncResource.bind(work) });
      timer ??= setInterval(look, LOOK_EVERY_MS);
    },
    end(who) {
      if (begun.delete(who)) letIn();
    },
  };
}
