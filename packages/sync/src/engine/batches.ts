import { backoffMs } from '@instashare/client/node';
import type { FailureClass } from '../model/failure.ts';
import type { Clock } from './environment.ts';
import type { Gate, Ticket } from './gate.ts';
import { createWaitingRoom, type WaitingRoom } from './waiting-room.ts';

/** Items that rest for a while and are then worked on: all of those that are due, together, one batch at a time. */
export interface Batches<T> extends AsyncDisposable {
  readonly size: number;
  /** One that is in already rests anew, also while it is worked on. */
  add(item: T, restMs: number): void;
  /** The same; they are due in one and the same moment, and are worked on together. */
  addAll(items: Iterable<T>, restMs: number): void;
  /** One that is worked on is done with afterwards, whatever comes of it. */
  delete(item: T): void;
  /** Works on what is due, if it may. */
  pump(): void;
}

export interface BatchesOptions<T> {
  readonly clock: Clock;
  readonly random: () => number;
  readonly gate: Pick<Gate, 'enter' | 'failed' | 'unused'>;
  /**
   * Works on items and gives those that are to rest for so long again. When it rejects, all of them are tried again
   * later: it must be fit to be done twice.
   */
  readonly work: (items: readonly T[], ticket: Ticket) => Promise<Again<T>>;
  readonly classOf: (error: unknown) => FailureClass;
  /** So many failures of one after the other are too many: they are given up. */
  readonly maxFailures: number;
  readonly onGivenUp: (items: readonly T[], error: unknown) => void;
  /** Some are done with. */
  readonly onSettled: () => void;
}

export interface Again<T> {
  readonly items: readonly T[];
  readonly restMs: number;
}

type State = 'resting' | 'due' | 'active';

const RETRY_POLICY = { baseMs: 1_000, capMs: 300_000 };

interface Parts<T> {
  readonly options: BatchesOptions<T>;
  readonly states: Map<T, State>;
  /** Those of them that are due. */
  readonly due: Set<T>;
  readonly room: WaitingRoom<T>;
  failures: number;
}

export function createBatches<T>(options: BatchesOptions<T>): Batches<T> {
  const { clock, gate } = options;
  const states = new Map<T, State>();
  const due = new Set<T>();
  const room = createWaitingRoom<T>(clock, { onDue: (item) => nowDue(parts, item), onWake: pump });
  const parts: Parts<T> = { options, states, due, room, failures: 0 };
  let running: Promise<void> | null = null;
  let isStopping = false;

  async function run(batch: readonly T[], ticket: Ticket): Promise<void> {
    try {
      const again = await options.work(batch, ticket);
      if (!isStopping) settle(parts, batch, again);
    } catch (error) {
      if (!isStopping) fail(parts, { batch, ticket, error });
    }
    gate.unused(ticket);
    running = null;
    if (isStopping) return;
    options.onSettled();
    pump();
  }

  function pump(): void {
    if (running !== null || isStopping) return;
    const ticket = due.size === 0 ? null : gate.enter();
    if (ticket === null) return;
    const batch = [...due];
    due.clear();
    for (const item of batch) states.set(item, 'active');
    running = run(batch, ticket);
  }

  return {
    get size() {
      return states.size;
    },
    add: (item, restMs) => addAll(parts, [item], restMs),
    addAll: (items, restMs) => addAll(parts, items, restMs),
    delete(item) {
      states.delete(item);
      due.delete(item);
      room.delete(item);
    },
    pump,
    async [Symbol.asyncDispose]() {
      isStopping = true;
      room[Symbol.dispose]();
      await running;
    },
  };
}

function nowDue<T>({ due, states }: Parts<T>, item: T): void {
  states.set(item, 'due');
  due.add(item);
}

function addAll<T>({ due, options, room, states }: Parts<T>, items: Iterable<T>, restMs: number): void {
  const dueMs = options.clock.now().monotonicMs + restMs;
  for (const item of items) {
    states.set(item, 'resting');
    due.delete(item);
    room.add(item, dueMs);
  }
}

function settle<T>(parts: Parts<T>, batch: readonly T[], again: Again<T>): void {
  parts.failures = 0;
  // One that was added meanwhile rests already.
  const isActive = (item: T) => parts.states.get(item) === 'active';
  addAll(parts, again.items.filter(isActive), again.restMs);
  for (const item of batch) if (isActive(item)) parts.states.delete(item);
}

interface FailedBatch<T> {
  readonly batch: readonly T[];
  readonly ticket: Ticket;
  readonly error: unknown;
}

function fail<T>(parts: Parts<T>, { batch, ticket, error }: FailedBatch<T>): void {
  const { options, states } = parts;
  // What was added or deleted meanwhile is as it was told.
  const active = batch.filter((item) => states.get(item) === 'active');
  if (options.classOf(error) === 'global') {
    for (const item of active) nowDue(parts, item);
    options.gate.failed(ticket, error instanceof Error ? error : new Error(String(error)));
    return;
  }
  parts.failures += 1;
  if (parts.failures >= options.maxFailures) {
    settle(parts, batch, { items: [], restMs: 0 });
    options.onGivenUp(batch, error);
    return;
  }
  const restMs = backoffMs(parts.failures, RETRY_POLICY, options.random);
  addAll(parts, active, restMs);
}
