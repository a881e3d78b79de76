import {
  createInstashareClient,
  createUploadLimit,
  type InstashareClient,
  type UploadLimit,
} from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import { AppFailure } from '../shared/app-failure.ts';
import type { ENGINE_PROCEDURES, EngineEvent } from '../shared/engine-procedures.ts';
import type { Handlers } from '../shared/procedure.ts';
import { isSameOwner } from '../shared/settings.ts';
import { type Account, type EngineConfig, openAccount } from './account.ts';
import { type Connect, createAccountHandlers } from './account-handlers.ts';
import { createKeptAuthStore, loadSession, type SessionKeeper } from './auth-store.ts';
import { resumeDrops } from './dropped-files.ts';
import { createFileHandlers } from './file-handlers.ts';
import type { FindProxy } from './find-proxy.ts';
import { retryUnreached } from './retry-failed.ts';
import { createTeller } from './teller.ts';

export interface Engine extends AsyncDisposable {
  readonly handlers: Handlers<typeof ENGINE_PROCEDURES>;
  /** Takes up the log-in that is kept, if there is one. */
  start(): Promise<void>;
}

export interface EngineOptions {
  readonly keeper: SessionKeeper;
  readonly findProxy: FindProxy;
  readonly configFolder: string;
  readonly ownFolders: () => Promise<readonly string[]>;
  readonly tell: (event: EngineEvent) => void;
}

const NOTHING_CHOSEN: EngineConfig = {
  folders: [],
  owner: null,
  ignoreRules: '',
  pausedBy: null,
  hours: null,
  uploadBytesPerSecond: null,
};

/** What the desktop does apart from showing it: the account, its folders, its files. Knows no Electron. */
export function createEngine({ keeper, findProxy, tell, ...places }: EngineOptions): Engine {
  let config = NOTHING_CHOSEN;
  const uploadLimit = createUploadLimit(null);
  const connect = createConnect(keeper, findProxy, uploadLimit);
  let account: Account | null = null;
  const teller = createTeller({ tell, look: () => ({ account, config: configOf(account, config) }) });
  const started = Promise.withResolvers<void>();

  async function use(client: InstashareClient, user: User): Promise<void> {
    const opened = await teller.during(async () => {
      await leave();
      account = openAccount({ client, user, ...places, uploadLimit, onFilesChange: teller.filesChanged });
      return account;
    });
    // First, so that what was dropped is held where it has to be.
    const configured = configure(opened, config);
    void resumeDrops(opened);
    await configured;
  }

  async function leave(): Promise<void> {
    const left = account;
    account = null;
    await left?.[Symbol.asyncDispose]();
    teller.tellNews();
  }

  const need = () => account ?? failLoggedOut();

  return {
    async start() {
      const kept = await loadSession(keeper);
      if (kept !== null) await use(await connect(kept.server, kept.tokens), kept.tokens.user);
      started.resolve();
      teller.begin();
    },
    handlers: {
      ...createAccountHandlers({ connect, keeper, findProxy, need, use, leave }),
      ...createFileHandlers(need),
      // Before that nobody seems to be logged in.
      'state.get': () => started.promise.then(teller.state),
      async 'engine.configure'(next) {
        config = next;
        uploadLimit.bytesPerSecond = next.uploadBytesPerSecond;
        if (account !== null) await configure(account, config);
        teller.tellNews();
      },
      ...syncHandlers(need),
    },
    async [Symbol.asyncDispose]() {
      teller[Symbol.dispose]();
      await leave();
    },
  };
}

function failLoggedOut(): never {
  throw new AppFailure({ code: 'unauthenticated', message: 'Log in first' });
}

const createConnect =
  (keeper: SessionKeeper, findProxy: FindProxy, uploadLimit: UploadLimit): Connect =>
  async (url, tokens) => {
    const auth = createKeptAuthStore(keeper, url, tokens);
    return createInstashareClient({ url, uploadLimit, auth, proxy: await findProxy(url) });
  };

function configure(account: Account, config: EngineConfig): Promise<void> {
  const wanted = configOf(account, config);
  account.hold.set(wanted);
  return account.folders.configure(wanted);
}

/** Folders that were chosen for another account are not this one's. */
function configOf(account: Account | null, config: EngineConfig): EngineConfig {
  if (account === null) return config;
  const isOwner = isSameOwner(config.owner, { server: account.client.url, userId: account.user.id });
  return isOwner ? config : { ...config, folders: [] };
}

function syncHandlers(need: () => Account) {
  return {
    'sync.now'() {
      const { folders, transfers } = need();
      transfers.retry();
      return folders.syncNow();
    },
    async 'engine.woke'() {
      const { client, files, folders, server, transfers } = need();
      client.dropConnections();
      server.askNow();
      files.hurry();
      retryUnreached(transfers);
      await folders.syncNow();
    },
    'sync.confirmDeletes'({ folder }: { readonly folder: string }) {
      const running = need().folders.running();
      running.find((one) => one.folder.path === folder)?.sync.confirmDeletes();
    },
  };
}
