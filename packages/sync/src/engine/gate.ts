import { backoffMs, type ClientErrorCode, isInstashareError } from '@instashare/client';
import type { Clock } from './environment.ts';
import type { WaitReason } from './sync-event.ts';

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

/** Where nothing changes by itself it is no use to ask often. */
const POLICY_OF_REASON: Readonly<Record<WaitReason, { readonly baseMs: number; readonly capMs: number }>> = {
  offline: { baseMs: 500, capMs: 30_000 },
  busy: { baseMs: 1_000, capMs: 60_000 },
  quota: { baseMs: 30_000, capMs: 300_000 },
  storage_full: { baseMs: 30_000, capMs: 300_000 },
  logged_out: { baseMs: 5_000, capMs: 5_000 },
};

const REASON_OF_CODE: Readonly<Record<string, WaitReason>> = {
  network: 'offline',
  bad_response: 'offline',
  quota_exceeded: 'quota',
  storage_full: 'storage_full',
  unauthenticated: 'logged_out',
  session_ended: 'logged_out',
  token_refused: 'logged_out',
};

/** Timers go wrong beyond 24 days; and who asks for so long may not mean it. */
const LONGEST_ASKED_MS = 3_600_000;

function waitAfter(error: Error, failures: number, random: () => number): Waiting {
  const { code, retryAfterMs = 0 } = isInstashareError(error) ? error : ({ code: 'internal_error' } as const);
  const reason = REASON_OF_CODE[code] ?? 'busy';
  const backoff = backoffMs(failures, POLICY_OF_REASON[reason], random);
  const retryInMs = Math.round(Math.max(Math.min(retryAfterMs, LONGEST_ASKED_MS), backoff));
  return { reason, code, message: error.message, retryInMs };
}

/** The waits of one outage: each longer than the one before. */
function createWaits({ clock, random, onWaiting }: Omit<GateOptions, 'onOpen'>, onOver: () => void) {
  let failures = 0;
  let current: Waiting | null = null;
  let cancelTimer = () => {};
  return {
    get current() {
      return current;
    },
    begin(error: Error): void {
      failures += 1;
      current = waitAfter(error, failures, random);
      cancelTimer();
      cancelTimer = clock.after(current.retryInMs, onOver);
      onWaiting(current);
    },
    end(): void {
      failures = 0;
      current = null;
      onWaiting(null);
    },
    [Symbol.dispose]: () => cancelTimer(),
  };
}

export function createGate(options: GateOptions): Gate {
  const { onOpen } = options;
  let state: 'open' | 'closed' | 'ajar' | 'probing' = 'open';
  let outage = 0;
  const waits = createWaits(options, () => {
    state = 'ajar';
    onOpen();
  });

  return {
    get waiting() {
      return waits.current;
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
