import type { ClientErrorCode } from '@instashare/client/node';
import type { Clock } from './environment.ts';
import type { WaitReason } from './sync-event.ts';
import { createWaits } from './waits.ts';

/** Leave to talk to the server. */
export interface Ticket {
  readonly outage: number;
}

/** The engine waits for something that concerns every file. */
export interface Waiting {
  readonly reason: WaitReason;
  /** Of the error. */
  readonly code: ClientErrorCode;
  readonly message: string;
  readonly retryInMs: number;
}

/**
 * Lets work through while the server answers. After a failure that concerns everything it closes, for longer
 * each time; then one piece of work may try, and its success opens it again.
 */
export interface Gate extends Disposable {
  readonly waiting: Waiting | null;
  /** How long it is still until the next try; null when nothing waits. */
  readonly retryInMs: number | null;
  /** When it waits, the next try is now. */
  hurry(): void;
  /** null: not now; `onOpen` tells when. */
  enter(): Ticket | null;
  /** The server answered. May be said more than once: what takes long says it as soon as it knows. */
  passed(ticket: Ticket): void;
  /** It will be a while until the server is asked: meanwhile another one may try. */
  postponed(ticket: Ticket): void;
  /** The server was not asked after all: the next one may try. */
  unused(ticket: Ticket): void;
  failed(ticket: Ticket, error: Error): void;
}

export interface GateOptions {
  readonly clock: Clock;
  readonly random: () => number;
  /** Work may go on. */
  readonly onOpen: () => void;
  /** A wait began, goes on for longer, or is over (null). */
  readonly onWaiting: (waiting: Waiting | null) => void;
}

export function createGate(options: GateOptions): Gate {
  const { onOpen } = options;
  let state: 'open' | 'closed' | 'ajar' | 'probing' = 'open';
  let outage = 0;
  const letOneTry = () => {
    state = 'ajar';
    onOpen();
  };
  const waits = createWaits(options, letOneTry);

  return {
    get waiting() {
      return waits.current;
    },
    get retryInMs() {
      return waits.retryInMs;
    },
    hurry() {
      if (state !== 'closed') return;
      waits.hurry();
      letOneTry();
    },
    enter() {
      if (state === 'closed' || state === 'probing') return null;
      if (state === 'ajar') state = 'probing';
      return { outage };
    },
    passed(ticket) {
      // What began before the outage may still come through; it says nothing about now.
      if (ticket.outage !== outage || state === 'open') return;
      state = 'open';
      waits.end();
      onOpen();
    },
    postponed(ticket) {
      if (ticket.outage !== outage || state !== 'probing') return;
      state = 'ajar';
      onOpen();
    },
    unused(ticket) {
      if (ticket.outage === outage && state === 'probing') state = 'ajar';
    },
    failed(ticket, error) {
      // All that was under way fails together: that is one outage.
      if (ticket.outage !== outage) return;
      outage += 1;
      state = 'closed';
      waits.begin(error);
    },
    [Symbol.dispose]: () => waits[Symbol.dispose](),
  };
}
