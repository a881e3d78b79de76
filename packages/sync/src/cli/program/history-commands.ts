import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { paragraphs } from './help-text.ts';
import { wholeNumber } from './whole-number.ts';

const RM_HELP = `
What is deleted lies in the trash for a while (30 days, unless the server says otherwise), with all its versions;
"instashare restore PATH" takes it back. A path that ends in "/" names a folder.`;

const RESTORE_HELP = `
Without --version, what was deleted comes back from the trash: a file, or all that was deleted of a folder. With
--version, a file that is there gets the content of an older version again, as a new version: nothing of its
history is lost.`;

const MV_HELP = `
As mv(1) has it: a TO that is a folder is moved into (and for a file one that ends in "/"), any other is the new name. Nothing is ever
replaced, and no bytes are sent. A running watch keeps to what is in its folder: move it there, too.`;

export function addHistoryCommands(setup: CommandSetup): void {
  const { program, contextOf, onExitCode } = setup;
  addCommand(program, 'rm <paths...>')
    .description('put files and folders into the trash')
    .option('-r, --recursive', 'folders as well, with all that is in them')
    .addHelpText('after', paragraphs(RM_HELP))
    .action(async (paths: string[], options: { recursive?: boolean }, command: Command) => {
      const { remove } = await import('../commands/rm.ts');
      onExitCode(await remove(contextOf(command), { paths, isRecursive: options.recursive === true }));
    });
  addCommand(program, 'restore <paths...>')
    .description('take files and folders back from the trash, or an older version of a file')
    .option('--version <number>', 'the version whose content to restore', wholeNumber(1, 2 ** 31 - 1))
    .option('--to <path>', 'another path for the one file that comes back from the trash')
    .addHelpText('after', paragraphs(RESTORE_HELP))
    .action(async (paths: string[], options: { version?: number; to?: string }, command: Command) => {
      const { restore } = await import('../commands/restore.ts');
      onExitCode(await restore(contextOf(command), { ...options, paths }));
    });
  addCommand(program, 'versions <path>')
    .description('list the versions of a file, newest first')
    .action(async (path: string, _options: unknown, command: Command) => {
      setup.onOnlyOutput();
      const { listVersions } = await import('../commands/versions.ts');
      await listVersions(contextOf(command), path);
    });
  addCommand(program, 'mv <from> <to>')
    .description('move or rename a file or a folder on the server')
    .addHelpText('after', paragraphs(MV_HELP))
    .action(async (...[from, to, , command]: [string, string, unknown, Command]) => {
      const { move } = await import('../commands/mv.ts');
      await move(contextOf(command), { from, to });
    });
  addTrashCommands(setup);
}

function addTrashCommands({ program, contextOf, onOnlyOutput }: CommandSetup): void {
  const trash = program
    .command('trash')
    .description('what was deleted: list it, or remove it for good')
    .helpCommand(false);
  addCommand(trash, 'list [prefix]', { isDefault: true })
    .description('list what is in the trash, the last deleted first')
    .action(async (prefix: string | undefined, _options: unknown, command: Command) => {
      onOnlyOutput();
      const { listTrash } = await import('../commands/trash-list.ts');
      await listTrash(contextOf(command), prefix);
    });
  addCommand(trash, 'empty')
    .description('remove for good all that is in the trash')
    .option('--yes', 'without asking')
    .action(async (options: { yes?: boolean }, command: Command) => {
      const { emptyTrash } = await import('../commands/trash-empty.ts');
      await emptyTrash(contextOf(command), { isConfirmed: options.yes === true });
    });
}
