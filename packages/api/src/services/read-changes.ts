import type { FeedPage } from '@instashare/backend/database';
import { errors } from '@instashare/backend/errors';
import type { ChangeEvent } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { isBelow, toChangeEvent } from './to-change-event.ts';

/** Where the changes stand now. */
export async function currentSeq(
  { database }: Pick<Dependencies, 'database'>,
  userId: string,
): Promise<number> {
  const seq = await database.repositories.changes.headSeq(userId);
  if (seq === null) throw errors.sessionEnded();
  return seq;
}

/** What a reader is told who stood at `afterSeq`, and where that leads. */
export interface ChangesRead {
  readonly events: readonly ChangeEvent[];
  readonly seq: number;
  readonly hasMore: boolean;
}

/**
 * Rejects with `cursor_expired` when changes after `afterSeq` were removed meanwhile (they have no holes, so that
 * shows), or when there has not been such a change yet: a database that was restored from a backup knows less
 * than its readers.
 */
export function readChanges(
  page: FeedPage | null,
  { afterSeq, pathPrefix }: { readonly afterSeq: number; readonly pathPrefix: string },
): ChangesRead {
  if (page === null) throw errors.sessionEnded();
  const { changes, headSeq } = page;
  const [first] = changes;
  if (first === undefined ? headSeq !== afterSeq : first.seq !== afterSeq + 1) throw errors.cursorExpired();
  const seq = changes.at(-1)?.seq ?? afterSeq;
  const events = changes
    .map(toChangeEvent)
    .filter((event) => event !== null)
    .filter((event) => isBelow(pathPrefix, event));
  return { events, seq, hasMore: seq < headSeq };
}
