import type { CompletedCommand } from './describe-program.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
/** In what _describe takes, a colon parts the word from its description. */
const described = (word: string, description: string): string =>
  quoted(`${word.replaceAll(':', String.raw`\:`)}:${description}`);

/** Completes commands and options with their descriptions; anything else is a file or a folder. */
export function zshScript(commands: readonly CompletedCommand[]): string {
  const descriptionOf = new Map(commands.map(({ words, description }) => [words, description]));
  const cases = commands.map(({ words, subcommands, options }) => {
    const below = subcommands.map((name) => {
      const whole = words === '' ? name : `${words} ${name}`;
      return described(name, descriptionOf.get(whole) ?? '');
    });
    const flags = options.flatMap((option) =>
      option.flags.map((flag) => described(flag, option.description)),
    );
    return `    ${quoted(words)}) subcommands=(${below.join(' ')}); flags=(${flags.join(' ')}) ;;`;
  });
  const groups = commands.filter(({ words, subcommands }) => words !== '' && subcommands.length > 0);
  return `#compdef instashare
# instashare completion zsh
_instashare() {
  local command='' word
  local -a subcommands flags
  integer index
  for ((index = 2; index < CURRENT; index++)); do
    word=$words[index]
    case $word in
      --server) ((index++)) ;;
      -*) ;;
      *)
        command="\${command:+$command }$word"
        case $command in (${groups.map(({ words }) => quoted(words)).join('|')}) ;; (*) break ;; esac
        ;;
    esac
  done
  case $command in
${cases.join('\n')}
  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe option flags
  elif (( $#subcommands )); then
    _describe command subcommands
  else
    _files
  fi
}
if [[ $funcstack[1] == _instashare ]]; then _instashare "$@"; else compdef _instashare instashare; fi
`;
}
