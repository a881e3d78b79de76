import { backoffMs, isInstashareError } from '@instashare/client';
import { classOfCode, describeFailure, type Failure, type FailureClass } from '../model/failure.ts';
import { isUntouched } from '../model/local-stat.ts';
import type { SyncEnvironment } from './environment.ts';
import type { Gate, Ticket } from './gate.ts';
import type { Problems } from './problems.ts';
import type { SyncEvent } from './sync-event.ts';
import { uploadLarge } from './upload-large.ts';
import type { ItemOutcome } from './upload-outcome.ts';
import { uploadSmall } from './upload-small.ts';
import type { WorkItem } from './work-item.ts';
import type { WorkList } from './work-list.ts';

export interface ProcessContext {
  readonly env: SyncEnvironment;
  readonly list: WorkList;
  readonly gate: Gate;
  readonly problems: Problems;
  readonly onEvent: (event: SyncEvent) => void;
  /** Once: what can't be done soon is given up and listed; otherwise it is tried for ever. */
  readonly mode: 'once' | 'watch';
}

const RETRY_POLICY = { baseMs: 1_000, capMs: 300_000 };
/** A failure that passes is told to the person when it has not passed after this many tries. */
const TELL_AFTER_FAILURES = 3;
const GIVE_UP_AFTER_FAILURES = 5;
const GIVE_UP_RESTLESS_MS = 60_000;

/** Works on one item and puts it where it belongs afterwards. Never rejects. */
export async function processItem(
  context: ProcessContext,
  { item, ticket }: { readonly item: WorkItem; readonly ticket: Ticket },
  signal: AbortSignal,
): Promise<void> {
  try {
    const outcome = await work(context, { item, ticket }, signal);
    if (outcome.kind === 'stored') context.gate.passed(ticket);
    else context.gate.unused(ticket);
    settle(context, item, outcome);
  } catch (error) {
    if (signal.aborted) context.list.putBack(item);
    else await fail(context, { item, ticket, error });
  }
}

async function work(
  { env, gate }: ProcessContext,
  { item, ticket }: { readonly item: WorkItem; readonly ticket: Ticket },
  signal: AbortSignal,
): Promise<ItemOutcome> {
  const onAnswered = () => gate.passed(ticket);
  const onPostponed = () => gate.postponed(ticket);
  await using file = await env.files.open(item.localPath);
  const stat = await file.stat();
  if (stat === null) return { kind: 'vanished' };
  if (!isUntouched(item.rest.stat, stat)) return { kind: 'restless', stat };
  try {
    const upload = item.lane === 'small' ? uploadSmall : uploadLarge;
    return await upload({ env, item, signal, onAnswered, onPostponed }, file, stat);
  } catch (error) {
    if (isInstashareError(error, 'source_changed')) return { kind: 'restless', stat: await file.stat() };
    throw error;
  }
}

function settle(
  { env, list, mode, problems, onEvent }: ProcessContext,
  item: WorkItem,
  outcome: ItemOutcome,
) {
  switch (outcome.kind) {
    case 'stored': {
      const { known, upload } = outcome;
      env.state.putKnown(known);
      env.state.removeOpenUpload(item.path);
      problems.delete(item.localPath);
      list.remove(item, 'stored');
      const { path, sizeBytes, sha256, version } = known;
      const { alreadyStored, sentBytes } = upload;
      onEvent({ type: 'stored', path, sizeBytes, sha256, version, alreadyStored, sentBytes });
      return;
    }
    case 'same':
      env.state.putKnown(outcome.known);
      problems.delete(item.localPath);
      list.remove(item, 'dropped');
      return;
    case 'vanished':
      problems.delete(item.localPath);
      list.remove(item, 'dropped');
      return;
    case 'restless':
      item.restlessSinceMs ??= env.clock.now().monotonicMs;
      if (mode === 'once' && env.clock.now().monotonicMs - item.restlessSinceMs > GIVE_UP_RESTLESS_MS) {
        park({ list, problems, onEvent }, item, {
          code: 'source_changed',
          message: 'is still being written to',
        });
      } else if (outcome.stat === null) {
        list.remove(item, 'dropped');
      } else {
        list.restless(item, outcome.stat);
      }
  }
}

interface Failed {
  readonly item: WorkItem;
  readonly ticket: Ticket;
  readonly error: unknown;
}

async function fail(context: ProcessContext, { item, ticket, error }: Failed): Promise<void> {
  const { list, gate, env } = context;
  const failure = describeFailure(error);
  const failureClass = classFor(context, failure);
  if (failureClass === 'global') {
    list.putBack(item);
    gate.failed(ticket, error instanceof Error ? error : new Error(failure.message));
    return;
  }
  // Whatever the server said of this file, it answered; and a file that can't be opened never got to it.
  if (isInstashareError(error)) gate.passed(ticket);
  else gate.unused(ticket);
  switch (failureClass) {
    case 'vanished':
    case 'restless':
      settle(context, item, { kind: 'vanished' });
      return;
    case 'permanent':
      park(context, item, failure);
      return;
    case 'transient':
      item.failures += 1;
      if (context.mode === 'once' && item.failures >= GIVE_UP_AFTER_FAILURES) {
        park(context, item, failure);
        return;
      }
      if (item.failures >= TELL_AFTER_FAILURES) tell(context, item, { failure, isParked: false });
      list.retry(item, backoffMs(item.failures, RETRY_POLICY, env.random));
  }
}

/** One who uploads once has no use for waiting until somebody makes room. */
function classFor({ mode }: ProcessContext, { code }: Failure): FailureClass {
  const isFull = code === 'quota_exceeded' || code === 'storage_full';
  return mode === 'once' && isFull ? 'permanent' : classOfCode(code);
}

type Telling = Pick<ProcessContext, 'list' | 'problems' | 'onEvent'>;

/** Gives the file up until it changes. */
function park(context: Telling, item: WorkItem, failure: Failure): void {
  tell(context, item, { failure, isParked: true });
  context.list.remove(item, 'dropped');
}

function tell(
  { problems, onEvent }: Telling,
  item: WorkItem,
  { failure, isParked }: { readonly failure: Failure; readonly isParked: boolean },
): void {
  const problem = { localPath: item.localPath, code: failure.code, message: failure.message };
  const isNew = problems.add(problem, isParked ? item.rest.stat : null);
  if (isNew) onEvent({ type: 'problem', ...problem });
}
