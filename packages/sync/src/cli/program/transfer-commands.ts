import type { Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { paragraphs } from './help-text.ts';
import { wholeNumber } from './whole-number.ts';

const MOST_AT_ONCE = 32;

const GET_HELP = `
A path that ends in "/" names a folder, and so does one at which there is no file. What is below it comes into a
folder of its name here, or into the folder given by -o; "/" is everything. A file that is there already with the
same content is passed over, any other is left alone unless --force is given. Everything is verified by its sha256
before it gets its name, and gets the time it had. Cut off, the same command goes on where it stood.

Exit codes: 0 when everything is here, 1 when something is not (it is listed).`;

interface GetFlags {
  readonly output?: string;
  readonly force?: boolean;
  readonly version?: number;
  readonly parallel: number;
}

export function addTransferCommands(setup: CommandSetup): void {
  const { program, contextOf, onExitCode, onOnlyOutput } = setup;
  addCommand(program, 'upload <files...>')
    .description('upload files')
    .option('--to <prefix>', 'folder on the server to put them into', '')
    .action(async (files: string[], options: { to: string }, command: Command) => {
      const { upload } = await import('../commands/upload.ts');
      onExitCode(await upload(contextOf(command), { ...options, files }));
    });
  addCommand(program, 'get <paths...>')
    .description('download files and whole folders')
    .option('-o, --output <path>', 'where to (default: its name, here; - for standard output)')
    .option('--force', 'replace files that are there')
    .option('--version <number>', 'an older version of a file, by its number', wholeNumber(1, 2 ** 31 - 1))
    .option('--parallel <number>', 'so many files at once', wholeNumber(1, MOST_AT_ONCE), 8)
    .addHelpText('after', paragraphs(GET_HELP))
    .action(async (paths: string[], options: GetFlags, command: Command) => {
      if (options.output === '-') onOnlyOutput();
      const { get } = await import('../commands/get.ts');
      onExitCode(await get(contextOf(command), { ...options, paths }));
    });
}
