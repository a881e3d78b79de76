import { type Command, Option } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';

interface ListFlags {
  readonly long?: boolean;
  readonly failed?: boolean;
  readonly trash?: boolean;
}

export function addListCommands({ program, contextOf, onOnlyOutput }: CommandSetup): void {
  addCommand(program, 'ls [prefix]')
    .description('list files: size, state, time and path; with PREFIX those whose path starts with it')
    .option('-l, --long', 'also the number of the version, the size in the store and the sha256')
    .option('--failed', 'only files that the server found damaged, and why')
    .addOption(new Option('--trash', 'what is in the trash instead').conflicts('failed'))
    .action(async (prefix: string | undefined, options: ListFlags, command: Command) => {
      onOnlyOutput();
      if (options.trash === true) {
        const { listTrash } = await import('../commands/trash-list.ts');
        await listTrash(contextOf(command), prefix);
        return;
      }
      const { list } = await import('../commands/ls.ts');
      const { long: isLong = false, failed: isFailed = false } = options;
      await list(contextOf(command), { prefix, isLong, isFailed });
    });
}
