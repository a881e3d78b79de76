import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';

export interface AccountOptions {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly passwordStdin?: boolean | undefined;
  readonly deviceName?: string | undefined;
}

export function addAccountCommands({ program, contextOf }: CommandSetup): void {
  withLogInOptions(addCommand(program, 'register [email]'))
    .description('make an account and log in')
    .option('--name <name>', 'your name')
    .action(async (email: string | undefined, options: AccountOptions, command: Command) => {
      const { register } = await import('../commands/register.ts');
      await register(contextOf(command), { ...options, email: options.email ?? email });
    });
  withLogInOptions(addCommand(program, 'login [email]'))
    .description('log in')
    .action(async (email: string | undefined, options: AccountOptions, command: Command) => {
      const { logIn } = await import('../commands/login.ts');
      await logIn(contextOf(command), { ...options, email: options.email ?? email });
    });
  addCommand(program, 'logout')
    .description('end the session and forget its tokens')
    .action(async (_options: unknown, command: Command) => {
      const { logOut } = await import('../commands/logout.ts');
      await logOut(contextOf(command));
    });
  addCommand(program, 'whoami')
    .description('show who is logged in, where, and how much room is left')
    .action(async (_options: unknown, command: Command) => {
      const { whoAmI } = await import('../commands/whoami.ts');
      await whoAmI(contextOf(command));
    });
}

function withLogInOptions(command: Command): Command {
  return command
    .option('--email <address>', 'e-mail address (asked for when left out)')
    .option('--password-stdin', 'read the password from standard input instead of asking for it')
    .option('--device-name <name>', "this machine's name in the list of devices (default: its host name)");
}
