import type { Command } from 'commander';

/** What a shell needs to know of a command to complete it. */
export interface CompletedCommand {
  /** Its words behind the program's name: `trash empty`; '' is the program itself. */
  readonly words: string;
  readonly description: string;
  readonly subcommands: readonly string[];
  readonly options: readonly CompletedOption[];
}

export interface CompletedOption {
  readonly flags: readonly string[];
  readonly description: string;
}

/** The program and all its commands, as they are defined: nothing has to be listed a second time. */
export function describeProgram(program: Command): CompletedCommand[] {
  return describe(program, '');
}

function describe(command: Command, words: string): CompletedCommand[] {
  const { commands } = command;
  const options = command.options
    .filter(({ hidden }) => !hidden)
    .map(({ short, long, description }) => ({
      flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
      description,
    }));
  const help = { flags: ['-h', '--help'], description: 'show help' };
  const own = {
    words,
    description: command.description(),
    subcommands: commands.map((each) => each.name()),
    options: [...options, help],
  };
  const below = commands.flatMap((each) =>
    describe(each, words === '' ? each.name() : `${words} ${each.name()}`),
  );
  return [own, ...below];
}
