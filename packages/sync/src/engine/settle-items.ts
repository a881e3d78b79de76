import { backoffMs, isInstashareError } from '@instashare/client/node';
import { classOfCode, describeFailure, type Failure, type FailureClass } from '../model/failure.ts';
import type { Pace } from './bundle-budget.ts';
import { endUpload } from './end-upload.ts';
import type { SyncEnvironment } from './environment.ts';
import type { Gate, Ticket } from './gate.ts';
import { isSameVersion } from './in-doubt.ts';
import type { Intents } from './intents.ts';
import type { LinkFirst } from './link-first.ts';
import type { Problems } from './problems.ts';
import type { SyncEvent } from './sync-event.ts';
import type { ItemOutcome } from './upload-outcome.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkList } from './work-list.ts';

export interface ProcessContext {
  readonly env: SyncEnvironment;
  readonly list: WorkList;
  readonly gate: Gate;
  readonly problems: Problems;
  readonly intents: Intents;
  readonly linkFirst: LinkFirst;
  readonly pace: Pace;
  readonly onEvent: (event: SyncEvent) => void;
  /** Once: what can't be done soon is given up and listed; otherwise it is tried for ever. */
  readonly mode: 'once' | 'watch';
}

export interface Settled {
  readonly item: WorkItem;
  readonly outcome: ItemOutcome;
}

const RETRY_POLICY = { baseMs: 1_000, capMs: 300_000 };
/** Somebody has to make room, which takes a while. */
const ROOM_POLICY = { baseMs: 30_000, capMs: 300_000 };
/** A failure that passes is told to the person when it has not passed after this many tries. */
const TELL_AFTER_FAILURES = 3;
export const GIVE_UP_AFTER_FAILURES = 5;
const GIVE_UP_RESTLESS_MS = 60_000;
/** After so long it is asked again whether a file is still open: nothing tells of its closing. */
const OPEN_MS = 500;

/** Notes down what came of items, all at once, and puts each where it belongs afterwards. */
function settle(context: ProcessContext, settled: readonly Settled[]): void {
  const { state } = context.env;
  if (settled.length === 0) return;
  const stale = new Set(settled.filter((each) => isStale(state, each)));
  state.together(() => {
    for (const each of settled) {
      if (stale.has(each)) continue;
      const { item, outcome } = each;
      if (outcome.kind === 'stored' || outcome.kind === 'same') state.putKnown(outcome.known);
      if (outcome.kind === 'stored' && item.lane === 'large') state.removeOpenUpload(item.path);
    }
  });
  for (const each of settled) {
    if (stale.has(each)) context.list.putBack(each.item);
    else settleOne(context, each.item, each.outcome);
  }
}

/** The content was what the server had, but meanwhile the server was asked to move or delete the file. */
function isStale(state: SyncEnvironment['state'], { outcome }: Settled): boolean {
  if (outcome.kind !== 'same') return false;
  const known = state.known(outcome.known.path);
  return !isSameVersion(known, outcome.known) || known?.sha256 !== outcome.known.sha256;
}

/** The same; when it can't be noted down, the items are tried again, and it is false. */
export function settleOrFail(context: ProcessContext, settled: readonly Settled[], ticket: Ticket): boolean {
  try {
    settle(context, settled);
    return true;
  } catch (error) {
    fail(context, { items: settled.map(({ item }) => item), ticket, error });
    return false;
  }
}

function settleOne(context: ProcessContext, item: WorkItem, outcome: ItemOutcome): void {
  const { list, problems, onEvent } = context;
  switch (outcome.kind) {
    case 'stored': {
      // It was a large file once, of which an upload was begun.
      if (item.lane === 'small') endUpload(context.env, item.path);
      problems.delete(item.localPath);
      list.remove(item, 'stored');
      const { path, sizeBytes, sha256, version } = outcome.known;
      const { alreadyStored, sentBytes } = outcome.upload;
      onEvent({ type: 'stored', path, sizeBytes, sha256, version, alreadyStored, sentBytes });
      return;
    }
    case 'same':
    case 'vanished':
      endUpload(context.env, item.path);
      problems.delete(item.localPath);
      list.remove(item, 'dropped');
      return;
    case 'open':
      list.putOff(item, OPEN_MS);
      return;
    case 'restless':
      settleRestless(context, item, outcome);
  }
}

function settleRestless(
  context: ProcessContext,
  item: WorkItem,
  { stat }: Extract<ItemOutcome, { kind: 'restless' }>,
): void {
  const { env, list, mode } = context;
  item.restlessSinceMs ??= env.clock.now().monotonicMs;
  if (mode === 'once' && env.clock.now().monotonicMs - item.restlessSinceMs > GIVE_UP_RESTLESS_MS) {
    park(context, item, { code: 'source_changed', message: 'is still being written to' });
  } else if (stat === null) {
    list.remove(item, 'dropped');
  } else {
    list.restless(item, stat);
  }
}

export interface Failed {
  readonly items: readonly WorkItem[];
  readonly ticket: Ticket;
  readonly error: unknown;
}

/** Puts items that failed together where they belong. */
export function fail(context: ProcessContext, { items, ticket, error }: Failed): void {
  const { list, gate, mode } = context;
  const isForLarge = items.every(({ lane }) => lane === 'large');
  if (mode === 'watch' && isForLarge && isInstashareError(error, 'quota_exceeded', 'storage_full')) {
    gate.passed(ticket);
    for (const item of items) waitForRoom(context, item, describeFailure(error));
    return;
  }
  const failureClass = classOf(context, error);
  if (failureClass === 'global') {
    for (const item of items) list.putBack(item);
    gate.failed(ticket, error instanceof Error ? error : new Error(String(error)));
    return;
  }
  // Whatever the server said of this file, it answered; and a file that can't be opened never got to it.
  if (isInstashareError(error)) gate.passed(ticket);
  for (const item of items) settleFailure(context, item, { failure: describeFailure(error), failureClass });
}

/** What is too large for the room that is left says nothing of the others. */
function waitForRoom(context: ProcessContext, item: WorkItem, failure: Failure): void {
  item.failures += 1;
  item.failure = failure;
  tell(context, item, { failure, isParked: false });
  context.list.retry(item, backoffMs(item.failures, ROOM_POLICY, context.env.random));
}

interface ItemFailure {
  readonly failure: Failure;
  readonly failureClass: Exclude<FailureClass, 'global'>;
}

function settleFailure(
  context: ProcessContext,
  item: WorkItem,
  { failure, failureClass }: ItemFailure,
): void {
  switch (failureClass) {
    case 'vanished':
      settleOne(context, item, { kind: 'vanished' });
      return;
    case 'permanent':
      park(context, item, failure);
      return;
    case 'transient':
      item.failures += 1;
      item.failure = failure;
      if (context.mode === 'once' && item.failures >= GIVE_UP_AFTER_FAILURES) {
        park(context, item, failure);
        return;
      }
      if (item.failures >= TELL_AFTER_FAILURES) tell(context, item, { failure, isParked: false });
      context.list.retry(item, backoffMs(item.failures, RETRY_POLICY, context.env.random));
  }
}

/** One who uploads once has no use for waiting until somebody makes room. */
export function classOf({ mode }: Pick<ProcessContext, 'mode'>, error: unknown): FailureClass {
  const { code } = describeFailure(error);
  const isFull = code === 'quota_exceeded' || code === 'storage_full';
  return mode === 'once' && isFull ? 'permanent' : classOfCode(code);
}

/** Gives the file up until it changes. */
function park(context: ProcessContext, item: WorkItem, failure: Failure): void {
  tell(context, item, { failure, isParked: true });
  context.list.remove(item, 'dropped');
}

function tell(
  { problems, onEvent }: ProcessContext,
  item: WorkItem,
  { failure, isParked }: { readonly failure: Failure; readonly isParked: boolean },
): void {
  const problem = { localPath: item.localPath, code: failure.code, message: failure.message };
  const isNew = problems.add(problem, isParked ? item.rest.stat : null);
  if (isNew) onEvent({ type: 'problem', ...problem });
}
