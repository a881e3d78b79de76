import type { Scope } from '@instashare/contracts';
import { type Command, Option } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { expiry } from './expiry.ts';
import { paragraphs } from './help-text.ts';

const CREATE_HELP = `
The token is on standard output. It is told this once: keep it where the program finds it, as INSTASHARE_TOKEN for this
command. "read" lists and downloads, "write" uploads, moves and deletes, "share" makes share links; none includes
another.`;

export function addTokenCommands({ program, contextOf, onExitCode, onOnlyOutput }: CommandSetup): void {
  const tokens = program
    .command('tokens')
    .description('personal access tokens, by which programs speak to the server')
    .helpCommand(false);
  addCommand(tokens, 'list', { isDefault: true })
    .description('list the tokens that work, the newest first')
    .action(async (_options: unknown, command: Command) => {
      onOnlyOutput();
      const { listTokens } = await import('../commands/tokens-list.ts');
      await listTokens(contextOf(command));
    });
  addCommand(tokens, 'create <name>')
    .description('make a token; NAME says what it is for')
    .addOption(
      new Option('--scope <scopes...>', 'what it may do')
        .choices(['read', 'write', 'share'])
        .makeOptionMandatory(),
    )
    .option(
      '--expires <when>',
      'until then: 12h, 7d or 4w from now, or to the end of a day, 2031-01-31',
      expiry(),
    )
    .addHelpText('after', paragraphs(CREATE_HELP))
    .action(async (name: string, options: { scope: Scope[]; expires?: Date }, command: Command) => {
      const { createToken } = await import('../commands/tokens-create.ts');
      await createToken(contextOf(command), { ...options, name });
    });
  addCommand(tokens, 'revoke <ids...>')
    .description('revoke tokens, by their ids; they stop at once')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const { revokeTokens } = await import('../commands/tokens-revoke.ts');
      onExitCode(await revokeTokens(contextOf(command), ids));
    });
}
