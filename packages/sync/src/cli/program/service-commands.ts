import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { addFolderOptions, type FolderFlags } from './folder-options.ts';
import { paragraphs } from './help-text.ts';

const INSTALL_HELP = `
Makes a user unit of systemd on Linux, a launch agent on macOS, a scheduled task on Windows, for the person who runs
the command, at the server that is logged in to now. Asked again, it replaces what it has made.`;

const DEFAULT_NAME = 'instashare';

interface InstallFlags extends FolderFlags {
  readonly to: string;
  readonly name: string;
  readonly dryRun?: boolean;
}

export function addServiceCommands({ program, contextOf, onExitCode }: CommandSetup): void {
  const service = program
    .command('service')
    .description('have the system run a watch, from each log-in on')
    .helpCommand(false);
  const install = addCommand(service, 'install <folders...>')
    .description('have the system upload these folders from now on')
    .option('--to <prefix>', 'as for "instashare watch"', '')
    .option('--name <name>', 'of the service, to have more than one', DEFAULT_NAME)
    .option('--dry-run', 'only show what would be written and run');
  addFolderOptions(install)
    .addHelpText('after', paragraphs(INSTALL_HELP))
    .action(async (folders: string[], options: InstallFlags, command: Command) => {
      const { installService } = await import('../commands/service-install.ts');
      const { dryRun: isDryRun = false, ...others } = options;
      await installService(contextOf(command), { ...others, folders, isDryRun });
    });
  addCommand(service, 'remove')
    .description('end the service and remove it; what is stored stays')
    .option('--name <name>', 'of the service', DEFAULT_NAME)
    .option('--dry-run', 'only show what would be run and removed')
    .action(async (options: { name: string; dryRun?: boolean }, command: Command) => {
      const { removeService } = await import('../commands/service-remove.ts');
      const { dryRun: isDryRun = false, name } = options;
      await removeService(contextOf(command), { name, isDryRun });
    });
  addCommand(service, 'status')
    .description('show what the system says of the service; exit code 1 when it does not run')
    .option('--name <name>', 'of the service', DEFAULT_NAME)
    .action(async ({ name }: { name: string }, command: Command) => {
      const { serviceStatus } = await import('../commands/service-status.ts');
      onExitCode(await serviceStatus(contextOf(command), name));
    });
}
