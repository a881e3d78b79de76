import type { Config } from '@instashare/backend/config';
import { findStoreOwner, openDatabase } from '@instashare/backend/database';
import type { Log } from '@instashare/backend/log';
import { createJobQueue } from '@instashare/backend/queue';
import { openNewsSignals } from '@instashare/backend/signals';
import { openObjectStore } from '@instashare/backend/storage';
import type { AdminContext } from './context.ts';

/** A command does one thing after the other. */
const POOL_SIZE = 4;

/** Opens the parts of the server that a command asks for; `made` closes them. */
export function createOpeners(
  config: Config,
  { log, made }: { readonly log: Log; readonly made: AsyncDisposableStack },
): Pick<AdminContext, 'openDatabase' | 'openQueue' | 'openStore'> {
  const connection = { databaseUrl: config.database.url, redisUrl: config.redisUrl };
  return {
    async openDatabase() {
      const signals = made.use(await openNewsSignals({ ...connection, log, listener: null }));
      return made.use(
        await openDatabase({
          url: config.database.url,
          poolSize: POOL_SIZE,
          applicationName: 'instashare-admin',
          onNews: (userIds) => signals.announce(userIds),
        }),
      );
    },
    openQueue: async () => made.use(await createJobQueue({ ...connection, log })),
    async openStore(database, { mayMark }) {
      const { store } = await openObjectStore(config, {
        urlSecret: config.authSecret,
        reserveBytes: config.diskReserveBytes,
        owner: await findStoreOwner(database, { mayMark }),
      });
      return made.use(store);
    },
  };
}
