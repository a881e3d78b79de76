import type { CommandContext } from '../context.ts';
import type { AccountOptions } from '../program/account-commands.ts';
import { authenticate } from './authenticate.ts';

export function logIn(context: CommandContext, account: AccountOptions): Promise<void> {
  return authenticate(context, {
    account,
    isNew: false,
    attempt: (client, identification) => client.login(identification),
  });
}
