import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { expiry } from './expiry.ts';
import { paragraphs } from './help-text.ts';
import { wholeNumber } from './whole-number.ts';

const SHARE_HELP = `
The link is on standard output. It is told this once: the server keeps only its hash. Whoever has it may look at and
download the file as it is then, or whatever lies in the folder then, without an account, until it expires, is used up
or is taken back by "instashare unshare".`;

interface ShareFlags {
  readonly expires?: Date;
  readonly maxDownloads?: number;
  readonly password?: boolean;
  readonly passwordStdin?: boolean;
}

export function addShareCommands({ program, contextOf, onExitCode, onOnlyOutput }: CommandSetup): void {
  addCommand(program, 'share <path>')
    .description('make a link by which anybody may download a file or a folder')
    .option(
      '--expires <when>',
      'until then: 12h, 7d or 4w from now, or to the end of a day, 2031-01-31',
      expiry(),
    )
    .option('--max-downloads <number>', 'so many downloads, and no more', wholeNumber(1, 2 ** 31 - 1))
    .option('--password', 'ask for a password that the link then asks for')
    .option('--password-stdin', 'read that password from standard input')
    .addHelpText('after', paragraphs(SHARE_HELP))
    .action(async (path: string, options: ShareFlags, command: Command) => {
      const { share } = await import('../commands/share.ts');
      await share(contextOf(command), { ...options, path });
    });
  addCommand(program, 'shares')
    .description('list the share links that work, the newest first')
    .action(async (_options: unknown, command: Command) => {
      onOnlyOutput();
      const { listShares } = await import('../commands/shares.ts');
      await listShares(contextOf(command));
    });
  addCommand(program, 'unshare <ids...>')
    .description('take share links back, by their ids; they stop at once')
    .action(async (ids: string[], _options: unknown, command: Command) => {
      const { unshare } = await import('../commands/unshare.ts');
      onExitCode(await unshare(contextOf(command), ids));
    });
}
