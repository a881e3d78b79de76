import { hostname } from 'node:os';
import type { InstashareClient } from '@instashare/client/node';
import type { User } from '@instashare/contracts';
import { CliError } from '../cli-error.ts';
import { connectAnew } from '../connect.ts';
import type { CommandContext } from '../context.ts';
import type { AccountOptions } from '../program/account-commands.ts';
import { ask, askPassword, readPassword } from '../prompt.ts';

export interface Identification {
  readonly email: string;
  readonly password: string;
  readonly deviceName: string;
}

export interface AuthenticateOptions {
  readonly account: AccountOptions;
  /** A new password is asked for twice, since a slip in it locks its owner out. */
  readonly isNew: boolean;
  readonly attempt: (client: InstashareClient, identification: Identification) => Promise<User>;
}

/** Asks who it is as far as the options do not say, logs in by `attempt`, and remembers the server. */
export async function authenticate(context: CommandContext, options: AuthenticateOptions): Promise<void> {
  const { account, isNew } = options;
  const deviceName = account.deviceName ?? hostname();
  await using client = await connectAnew(context, deviceName);
  const email = account.email ?? (await ask(context, 'E-mail'));
  const password =
    account.passwordStdin === true ? await readPassword(context.stdin) : await askForPassword(context, isNew);
  const user = await options.attempt(client, { email, password, deviceName });
  context.output.result(
    { event: isNew ? 'registered' : 'logged_in', server: client.url, user },
    `${isNew ? 'Registered and logged in' : 'Logged in'} at ${client.url} as ${user.email}`,
  );
}

async function askForPassword(context: CommandContext, isNew: boolean): Promise<string> {
  const password = await askPassword(context, 'Password');
  if (isNew && (await askPassword(context, 'Password again')) !== password) {
    throw new CliError('The two passwords differ: nothing was done');
  }
  return password;
}
