import type { CommandContext } from '../context.ts';
import type { AccountOptions } from '../program/account-commands.ts';
import { authenticate } from './authenticate.ts';

export function register(context: CommandContext, account: AccountOptions): Promise<void> {
  const { name } = account;
  return authenticate(context, {
    account,
    isNew: true,
    attempt: (client, identification) =>
      client.register({ ...identification, ...(name === undefined ? {} : { name }) }),
  });
}
