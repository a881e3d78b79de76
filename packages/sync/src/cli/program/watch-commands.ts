import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';

const WATCH_HELP = `
Nothing in the folder is ever changed, and nothing is deleted on the server. Symbolic links are not followed;
links, sockets, pipes and folders named ".instashare" (where a server keeps its data) are skipped. Stopped at
any moment, it goes on where it was when it is started again. A second folder needs a place of its own (--to):
files of the same name would replace each other.

Exit codes with --once: 0 when everything is stored, 1 when something could not be (it is listed).`;

export function addWatchCommands({ program, contextOf, onExitCode }: CommandSetup): void {
  addCommand(program, 'watch <folder>')
    .description('upload a folder, and whatever changes in it')
    .option('--to <prefix>', 'folder on the server to put it into (default: the root of the account)', '')
    .option('--once', 'exit when everything there is stored')
    .addHelpText('after', WATCH_HELP)
    .action(async (folder: string, options: { to: string; once?: boolean }, command: Command) => {
      const { watch } = await import('../commands/watch.ts');
      onExitCode(await watch(contextOf(command), { folder, to: options.to, isOnce: options.once === true }));
    });
}
