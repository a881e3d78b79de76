import { normalizeServerUrl } from '@instashare/client';
import { createInstashareClient, type InstashareClient } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { createFileAuthStore } from './file-auth-store.ts';

/** Where `npm start` serves when nothing says otherwise. */
const DEFAULT_SERVER = 'http://127.0.0.1:8321';

/** The server a command is for: the one named, or the one logged in to last. */
function serverFor(context: CommandContext, credentials: Credentials): string {
  return normalizeServerUrl(context.server ?? credentials.defaultServer ?? DEFAULT_SERVER);
}

export interface Connection extends AsyncDisposable {
  readonly client: InstashareClient;
  readonly user: User;
}

/** A client for the log-in there is. Does not talk to the server yet. */
export async function connect(context: CommandContext): Promise<Connection> {
  const { configFolder } = context;
  const credentials = await readCredentials(configFolder);
  const server = serverFor(context, credentials);
  const login = credentials.logins[server];
  if (login === undefined) {
    const message = `You are not logged in at ${server}: use "instashare login", or "instashare register"`;
    throw new CliError(message, { code: 'unauthenticated' });
  }
  const { user } = login;
  const auth = createFileAuthStore({ configFolder, server, userId: user.id });
  const client = createInstashareClient({ url: server, auth });
  return { client, user, [Symbol.asyncDispose]: () => client[Symbol.asyncDispose]() };
}

/** A client for a log-in to be; what it logs in to becomes the default. */
export async function connectAnew(context: CommandContext): Promise<InstashareClient> {
  const { configFolder } = context;
  const server = serverFor(context, await readCredentials(configFolder));
  const auth = createFileAuthStore({ configFolder, server, becomesDefault: true });
  return createInstashareClient({ url: server, auth });
}
