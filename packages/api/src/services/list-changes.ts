import type { ListChangesInput, ListChangesResult } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import type { Follower } from './follow-events.ts';
import { type ChangesRead, currentSeq, readChanges } from './read-changes.ts';
import { msUntilExpiry } from './watch-access.ts';

type Used = Pick<Dependencies, 'database' | 'live'>;

type Asker = Pick<Follower, 'confirmAccess' | 'signal' | 'userId'>;

/**
 * Changes since a cursor. When there is none, the answer waits for one, as long as it may. Rejects with
 * `cursor_expired`, `too_many_streams`, or as `confirmAccess` does.
 */
export async function listChanges(
  deps: Used,
  follower: Asker,
  { cursor, limit, pathPrefix = '', waitSeconds }: ListChangesInput,
): Promise<ListChangesResult> {
  const { userId } = follower;
  if (cursor === undefined) {
    return { items: [], cursor: String(await currentSeq(deps, userId)), hasMore: false };
  }
  const readFrom = async (afterSeq: number): Promise<ChangesRead> => {
    const page = await deps.database.repositories.changes.page(userId, { afterSeq, limit });
    return readChanges(page, { afterSeq, pathPrefix });
  };
  const read = await readFrom(Number(cursor));
  const isAnswer = read.events.length > 0 || waitSeconds === 0;
  return toResult(isAnswer ? read : await waitForMore(deps, follower, { read, readFrom, waitSeconds }));
}

async function waitForMore(
  { live }: Used,
  { confirmAccess, signal, userId }: Asker,
  waiting: {
    readonly read: ChangesRead;
    readonly readFrom: (afterSeq: number) => Promise<ChangesRead>;
    readonly waitSeconds: number;
  },
): Promise<ChangesRead> {
  using stream = live.open(userId);
  const over = AbortSignal.any([signal, stream.stopped]);
  const untilMs = performance.now() + waiting.waitSeconds * 1000;
  let { read } = waiting;
  let { expiresAt } = await confirmAccess();
  while (read.events.length === 0 && !over.aborted) {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0) break;
    if (read.hasMore || stream.takeNews()) read = await waiting.readFrom(read.seq);
    else await stream.wait(Math.min(leftMs, msUntilExpiry(expiresAt)), over);
    stream.takeDoubt();
    ({ expiresAt } = await confirmAccess());
  }
  return read;
}

const toResult = ({ events, seq, hasMore }: ChangesRead): ListChangesResult => ({
  items: [...events],
  cursor: String(seq),
  hasMore,
});
