import { type Command, Option } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { addFolderOptions, type FolderFlags } from './folder-options.ts';
import { paragraphs } from './help-text.ts';

const WATCH_HELP = `
Nothing in a folder is ever changed. What is deleted or moved there is put into the trash, or moved, on the server;
when most of a folder is gone, that waits until --confirm-deletes. Symbolic links are not followed; links, sockets,
pipes and folders named ".instashare" (where a server keeps its data) are skipped, and what --exclude or a file
".instashareignore" in a folder says (as a .gitignore does). Stopped at any moment, it goes on
where it was when it is started again. One folder becomes the root of the account, or what --to says; of several, each
gets a place of its own name below that: files of one name would replace each other.

"instashare status", "why", "sync", "pause", "resume", "limit" and "confirm-deletes" speak with it while it runs; "instashare service install"
has the system run it.

Exit codes with --once: 0 when everything is stored, 1 when something could not be (it is listed),
or deletions wait to be confirmed.`;

interface WatchFlags extends FolderFlags {
  readonly to: string;
  readonly once?: boolean;
  readonly dryRun?: boolean;
  readonly confirmDeletes?: boolean;
  readonly keepDeleted?: boolean;
}

export function addWatchCommands({ program, contextOf, onExitCode, onOnlyOutput }: CommandSetup): void {
  const definition = addCommand(program, 'watch <folders...>')
    .description('upload folders, and whatever changes in them')
    .option('--to <prefix>', 'folder on the server to put them into (default: the root of the account)', '')
    .addOption(new Option('--once', 'exit when everything there is stored').conflicts('hours'))
    .option('--dry-run', 'only tell what would be uploaded, and what not and why')
    .option('--confirm-deletes', 'what is gone from the folders now is meant to be, however much it is')
    .addOption(
      new Option('--keep-deleted', 'what is gone from the folders stays on the server').conflicts(
        'confirmDeletes',
      ),
    );
  addFolderOptions(definition)
    .addHelpText('after', paragraphs(WATCH_HELP))
    .action(async (folders: string[], options: WatchFlags, command: Command) => {
      if (options.dryRun === true) onOnlyOutput();
      const { watch } = await import('../commands/watch.ts');
      const { once: isOnce = false, dryRun: isDryRun = false, ...others } = options;
      onExitCode(await watch(contextOf(command), { ...others, folders, isOnce, isDryRun }));
    });
}
