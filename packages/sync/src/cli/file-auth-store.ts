import { join } from 'node:path';
import type { AuthStore, Tokens } from '@instashare/client/node';
import { CliError } from './cli-error.ts';
import { makePrivateFolder } from './config-folder.ts';
import { type Credentials, readCredentials, writeCredentials } from './credentials.ts';

export interface FileAuthStoreOptions {
  readonly configFolder: string;
  readonly server: string;
  /** Only ever the log-in of this user: one that somebody else made later does not count. */
  readonly userId?: string | undefined;
  /** A new log-in, of the device of this name: it becomes the one that commands use when no server is named. */
  readonly newDevice?: string;
}

/** A refresh takes at most ten seconds; who waits longer than this waits for a process that hangs. */
const LOCK_WAIT_MS = 30_000;

/** The log-in at one server, in the file that all processes of this person share. */
export function createFileAuthStore(options: FileAuthStoreOptions): AuthStore {
  const { configFolder, server, userId } = options;
  let isHeld = false;

  async function exclusively<T>(task: () => Promise<T>): Promise<T> {
    if (isHeld) return task();
    const { acquireProcessLock } = await import('../adapters/process-lock.ts');
    await makePrivateFolder(configFolder);
    using lock = await acquireProcessLock(join(configFolder, 'credentials.lock'), LOCK_WAIT_MS);
    if (lock === null) throw new CliError('Another instashare command holds the credentials: try again');
    isHeld = true;
    try {
      return await task();
    } finally {
      isHeld = false;
    }
  }

  return {
    exclusively,
    async load() {
      const tokens = (await readCredentials(configFolder)).logins[server];
      return tokens === undefined || (userId !== undefined && tokens.user.id !== userId) ? null : tokens;
    },
    save: (tokens) =>
      exclusively(async () => {
        const credentials = await readCredentials(configFolder);
        await writeCredentials(configFolder, withLogin(credentials, options, tokens));
      }),
  };
}

function withLogin(
  credentials: Credentials,
  { server, newDevice }: FileAuthStoreOptions,
  tokens: Tokens | null,
): Credentials {
  const { [server]: _replaced, ...others } = credentials.logins;
  if (tokens === null) {
    const { [server]: _forgotten, ...devices } = credentials.devices ?? {};
    const { defaultServer } = credentials;
    const isDefault = defaultServer === server;
    return { ...credentials, defaultServer: isDefault ? null : defaultServer, logins: others, devices };
  }
  const logins = { ...others, [server]: tokens };
  if (newDevice === undefined) return { ...credentials, logins };
  const devices = { ...credentials.devices, [server]: newDevice };
  return { ...credentials, defaultServer: server, logins, devices };
}
