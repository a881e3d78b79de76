import { AppError } from '@instashare/backend/errors';
import type { Dependencies } from './dependencies.ts';
import { type ChangesRead, readChanges } from './read-changes.ts';

/** Events that one request carries. */
const PAGE_SIZE = 100;
/** Webhooks that are looked after in one go. */
const LIMIT = 1_000;
/** And pages of one of them: what is left then is for the next look, and others come before it. */
const MOST_PAGES = 100;

type Used = Pick<Dependencies, 'database' | 'jobs' | 'log' | 'newId' | 'now'>;

/**
 * Makes deliveries of what has happened since the last ones, for the webhooks of these users, or of all (null). Each
 * webhook is a reader of the changes whose cursor moves in the transaction that makes the delivery: nothing is missed and
 * nothing told twice, however many processes do this at once.
 */
export async function planDeliveries(deps: Used, userIds: readonly string[] | null): Promise<void> {
  for (const webhookId of await deps.database.repositories.webhooks.findBehind(userIds, LIMIT)) {
    for (let pages = 0; pages < MOST_PAGES && (await planNext(deps, webhookId)); pages += 1);
  }
}

/** True when there is more for this webhook. */
async function planNext(deps: Used, webhookId: string): Promise<boolean> {
  const deliveryId = deps.newId();
  const planned = await deps.database.transaction(async ({ changes, webhookDeliveries, webhooks }) => {
    const webhook = await webhooks.lock(webhookId);
    if (webhook === null) return { isMade: false, hasMore: false };
    const { userId, pathPrefix, seq: afterSeq } = webhook;
    const page = await changes.page(userId, { afterSeq, limit: PAGE_SIZE });
    const read = readOrSkip(() => readChanges(page, { afterSeq, pathPrefix }), page?.headSeq ?? afterSeq);
    const isMade = read.events.length > 0;
    if (isMade) {
      await webhookDeliveries.insert({ id: deliveryId, webhookId, events: read.events, now: deps.now() });
    }
    if (read.seq !== afterSeq) await webhooks.advance(webhookId, read.seq);
    return { isMade, hasMore: read.hasMore };
  });
  if (planned.isMade) await enqueueDelivery(deps, deliveryId);
  return planned.hasMore;
}

/** A webhook that was away for longer than changes are kept goes on from now. */
function readOrSkip(read: () => ChangesRead, headSeq: number): ChangesRead {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'cursor_expired') throw error;
    return { events: [], seq: headSeq, hasMore: false };
  }
}

/** Never fails: what is lost here, the sweep finds. `anew`: perhaps there is a job for it, which waits for its next try. */
export async function enqueueDelivery(
  { jobs, log }: Pick<Dependencies, 'jobs' | 'log'>,
  deliveryId: string,
  how: 'first' | 'anew' = 'first',
): Promise<void> {
  try {
    if (how === 'anew') await jobs.enqueueAnew('deliver-webhook', { deliveryId }, deliveryId);
    else await jobs.enqueue('deliver-webhook', { deliveryId }, { jobId: deliveryId });
  } catch (error) {
    log.warn({ err: error, deliveryId }, 'could not enqueue a delivery, the sweep will');
  }
}
