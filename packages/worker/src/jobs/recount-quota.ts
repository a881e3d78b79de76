import type { Database } from '@instashare/backend/database';
import type { JobHandler } from '@instashare/backend/queue';

const USERS_AT_ONCE = 500;

/**
 * The nightly job that counts again what every account uses. A difference is a fault of ours: it is logged as
 * an error, and then what was counted holds, so that nobody is kept from uploading by it.
 */
export function createRecountQuota({
  database,
}: {
  readonly database: Database;
}): JobHandler<'recount-quota'> {
  return async (_, { log, signal }) => {
    let afterId: string | null = null;
    do {
      signal.throwIfAborted();
      const page = await database.repositories.usage.findMiscounts(afterId, USERS_AT_ONCE);
      for (const { userId } of page.miscounts) {
        const corrected = await database.transaction(({ usage }) => usage.correct(userId));
        if (corrected !== null) log.error(corrected, 'the bytes an account uses were booked wrongly');
      }
      afterId = page.lastId;
    } while (afterId !== null);
  };
}
