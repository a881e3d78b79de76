import { type Command, type CommandOptions, Option } from 'commander';
import type { CommandContext } from '../context.ts';

/** What the definitions of commands are given. */
export interface CommandSetup {
  readonly program: Command;
  readonly contextOf: (command: Command) => CommandContext;
  /** Told by a command that ends otherwise than well. */
  readonly onExitCode: (exitCode: number) => void;
  /** Told by a command that does nothing but write to standard output. */
  readonly onOnlyOutput: () => void;
}

/** Global options are taken on either side of the command's name. */
export function addCommand(parent: Command, nameAndArguments: string, options: CommandOptions = {}): Command {
  return parent
    .command(nameAndArguments, options)
    .addOption(new Option('--server <url>', 'server to talk to').hideHelp())
    .addOption(new Option('--json', 'one JSON event a line').hideHelp())
    .addOption(new Option('--no-color', 'no colours').hideHelp());
}
