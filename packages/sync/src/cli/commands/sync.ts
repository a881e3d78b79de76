import { setTimeout as delay } from 'node:timers/promises';
import { needsPerson } from '../../engine/sync-event.ts';
import type { CommandContext } from '../context.ts';
import { describeStatus } from '../control/describe-status.ts';
import { askWatches } from '../control/find-watches.ts';
import type { StatusReply } from '../control/protocol.ts';
import { EXIT_FAILED, EXIT_OK } from '../exit-codes.ts';

export interface SyncOptions {
  readonly folder: string | undefined;
  /** Until everything is stored that can be. */
  readonly waits: boolean;
}

const POLL_MS = 200;

/** Makes a running watch look through its folder now, and try again what failed. */
export async function sync(context: CommandContext, { folder, waits }: SyncOptions): Promise<number> {
  let replies = await askWatches(context, folder, { command: 'sync' });
  const isAwaited = (reply: StatusReply) => waits && isUnderWay(reply);
  while (replies.some(isAwaited)) {
    await delay(POLL_MS, undefined, { signal: context.signal });
    replies = await askWatches(context, folder, { command: 'status' });
  }
  for (const reply of replies) {
    context.output.result({ event: 'synced', ...reply }, describeStatus(reply, context.style));
  }
  const isDone = replies.every(
    ({ phase, problems, heldDeletions }) =>
      phase === 'up_to_date' && problems.count === 0 && heldDeletions === 0,
  );
  return !waits || isDone ? EXIT_OK : EXIT_FAILED;
}

/** What a person has to do something about does not get on by being waited for. */
const isUnderWay = ({ phase, waiting }: StatusReply): boolean =>
  phase !== 'up_to_date' && phase !== 'paused' && !needsPerson(waiting?.reason ?? null);
