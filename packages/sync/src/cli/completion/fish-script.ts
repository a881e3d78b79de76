import type { CompletedCommand } from './describe-program.ts';

const quoted = (text: string): string =>
  `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`;

/** Completes commands and options with their descriptions; anything else is a file or a folder. */
export function fishScript(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap((command) => linesOf(command, commands));
  return `# instashare completion fish
complete -c instashare -e
${lines.join('\n')}
`;
}

function linesOf(command: CompletedCommand, all: readonly CompletedCommand[]): string[] {
  const { words, subcommands, options } = command;
  const condition = conditionOf(words, subcommands);
  const below = subcommands.map((name) => {
    const whole = words === '' ? name : `${words} ${name}`;
    const description = all.find((other) => other.words === whole)?.description ?? '';
    return `complete -c instashare -f -n ${quoted(condition)} -a ${name} -d ${quoted(description)}`;
  });
  const flags = options.map((option) => {
    const names = option.flags.map((flag) =>
      flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
    );
    return `complete -c instashare -n ${quoted(condition)} ${names.join(' ')} -d ${quoted(option.description)}`;
  });
  return [...below, ...flags];
}

function conditionOf(words: string, subcommands: readonly string[]): string {
  if (words === '') return '__fish_use_subcommand';
  const seen = words.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`);
  if (subcommands.length > 0) seen.push(`not __fish_seen_subcommand_from ${subcommands.join(' ')}`);
  return seen.join('; and ');
}
