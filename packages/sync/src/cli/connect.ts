import {
  createInstashareClient,
  type InstashareClient,
  type NodeClientOptions,
  normalizeServerUrl,
} from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './context.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { createFileAuthStore } from './file-auth-store.ts';

/** Where `npm start` serves when nothing says otherwise. */
const DEFAULT_SERVER = 'http://127.0.0.1:8321';

/** Given by the person, by an option or by the environment. */
function namedServer({ server, environment }: CommandContext): string | undefined {
  const named = server ?? environment['INSTASHARE_SERVER'];
  return named === '' ? undefined : named;
}

/** The server a command is for: the one named, or the one logged in to last. */
function serverFor(context: CommandContext, credentials: Credentials): string {
  return normalizeServerUrl(namedServer(context) ?? credentials.defaultServer ?? DEFAULT_SERVER);
}

/** A personal access token, which then stands for the log-in. */
function givenToken({ environment }: CommandContext): string | undefined {
  const token = environment['INSTASHARE_TOKEN']?.trim();
  if (token === undefined || token === '') return undefined;
  // Anything else would break the header, and be an error that nobody understands.
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new CliError('INSTASHARE_TOKEN is no access token: it has characters that none has');
}

export interface Connection extends AsyncDisposable {
  readonly client: InstashareClient;
  /** `token`: an access token that was given; `login`: what "instashare login" keeps. */
  readonly by: 'token' | 'login';
  /** Asks the server only where a token was given. */
  readonly user: () => Promise<User>;
}

/** A client for the log-in there is, or for the token that was given. Does not talk to the server yet. */
export async function connect(
  context: CommandContext,
  options: Pick<NodeClientOptions, 'uploadLimit'> = {},
): Promise<Connection> {
  const accessToken = givenToken(context);
  if (accessToken !== undefined) return connectByToken(context, accessToken, options);
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
  const client = createInstashareClient({ url: server, auth, proxy: context.environment, ...options });
  return {
    client,
    by: 'login',
    user: () => Promise.resolve(user),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** The token goes to the server that is named and to no other: least of all to whichever was logged in to last. */
function connectByToken(
  context: CommandContext,
  accessToken: string,
  options: Pick<NodeClientOptions, 'uploadLimit'>,
): Connection {
  const url = normalizeServerUrl(namedServer(context) ?? DEFAULT_SERVER);
  const client = createInstashareClient({
    url,
    auth: { accessToken },
    proxy: context.environment,
    ...options,
  });
  return {
    client,
    by: 'token',
    user: () => client.call((trpc) => trpc.users.me.query(undefined, { signal: context.signal })),
    [Symbol.asyncDispose]: () => client[Symbol.asyncDispose](),
  };
}

/** A client for a log-in to be, of a device of this name; what it logs in to becomes the default. */
export async function connectAnew(context: CommandContext, newDevice: string): Promise<InstashareClient> {
  const { configFolder } = context;
  const server = serverFor(context, await readCredentials(configFolder));
  const auth = createFileAuthStore({ configFolder, server, newDevice });
  return createInstashareClient({ url: server, auth, proxy: context.environment });
}
