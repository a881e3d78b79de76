import type { InstashareClient } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import type { ENGINE_PROCEDURES } from '../shared/engine-procedures.ts';
import type { Handlers } from '../shared/procedure.ts';
import type { Account } from './account.ts';
import type { KeptSession, SessionKeeper } from './auth-store.ts';
import { checkServer } from './check-server.ts';
import type { FindProxy } from './find-proxy.ts';
import { retryLoggedOut } from './retry-failed.ts';
import { endUpload } from './upload-dropped-file.ts';

/** A client of a server, logged in when there are tokens for it. */
export type Connect = (server: string, tokens: KeptSession['tokens'] | null) => Promise<InstashareClient>;

/** What of an account is needed to log in to it again, or to leave it. */
export interface LeftOrEnteredAgain {
  readonly client: Pick<InstashareClient, 'url' | 'login' | 'logout' | 'call'>;
  readonly user: User;
  readonly files: Pick<Account['files'], 'hurry'>;
  readonly folders: Pick<Account['folders'], 'syncNow'>;
  readonly transfers: Pick<Account['transfers'], 'failed' | 'retry' | typeof Symbol.dispose>;
  readonly drops: Pick<Account['drops'], 'begunUploads' | 'clear'>;
}

/** What the handlers have of the engine. */
export interface AccountDoor {
  readonly connect: Connect;
  readonly keeper: SessionKeeper;
  readonly findProxy: FindProxy;
  /** Rejects when nobody is logged in. */
  readonly need: () => LeftOrEnteredAgain;
  /** From now on it is this account. */
  readonly use: (client: InstashareClient, user: User) => Promise<void>;
  /** From now on it is nobody's. */
  readonly leave: () => Promise<void>;
}

type AccountProcedures = Pick<
  typeof ENGINE_PROCEDURES,
  'server.check' | 'account.register' | 'account.login' | 'account.loginAgain' | 'account.leave'
>;

export function createAccountHandlers({
  connect,
  keeper,
  findProxy,
  need,
  use,
  leave,
}: AccountDoor): Handlers<AccountProcedures> {
  async function enter(server: string, by: (client: InstashareClient) => Promise<User>): Promise<void> {
    const client = await connect(server, null);
    try {
      await use(client, await by(client));
    } catch (error) {
      await client[Symbol.asyncDispose]();
      throw error;
    }
  }
  return {
    'server.check': ({ address }) => checkServer(address, findProxy),
    'account.register': ({ server, ...input }) => enter(server, (client) => client.register(input)),
    'account.login': ({ server, ...input }) => enter(server, (client) => client.login(input)),
    async 'account.loginAgain'({ password, deviceName }) {
      const { client, user, files, folders, transfers } = need();
      const again = { email: user.email, password, deviceName };
      const { id } = await client.login(again, { onlyAs: user.id });
      // The same address may be somebody else's by now, who must not get what goes on being sent.
      if (id !== user.id) return enter(client.url, (fresh) => fresh.login(again));
      files.hurry();
      retryLoggedOut(transfers);
      await folders.syncNow();
    },
    async 'account.leave'({ everywhere }) {
      const { client, drops, transfers } = need();
      if (everywhere) await client.call((trpc) => trpc.sessions.revokeOthers.mutate());
      // From here on there is no way back. What was half sent would take room from the account.
      transfers[Symbol.dispose]();
      await Promise.all(drops.begunUploads().map((begun) => endUpload(client, begun)));
      // The server may be away: the log-in is forgotten here all the same.
      await client.logout().catch(() => undefined);
      await keeper.save(null);
      // Whoever leaves is asked for nothing any more.
      drops.clear();
      await leave();
    },
  };
}
