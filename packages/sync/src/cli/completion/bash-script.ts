import type { CompletedCommand } from './describe-program.ts';

/** Completes commands and options; anything else is a file or a folder. Bash 3 of macOS will do. */
export function bashScript(commands: readonly CompletedCommand[]): string {
  const groups = commands.filter(({ words, subcommands }) => words !== '' && subcommands.length > 0);
  const cases = commands.map(({ words, subcommands, options }) => {
    const flags = options.flatMap((option) => option.flags);
    return `    '${words}') words='${subcommands.join(' ')}' flags='${flags.join(' ')}' ;;`;
  });
  return `# instashare completion bash
_instashare() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command='' word index words flags
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$word" in
      --server) ((index++)) ;;
      -*) ;;
      *)
        command="\${command:+$command }$word"
        case "$command" in ${groups.map(({ words }) => `'${words}'`).join(' | ')}) ;; *) break ;; esac
        ;;
    esac
  done
  case "$command" in
${cases.join('\n')}
    *) words='' flags='' ;;
  esac
  COMPREPLY=()
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$current"))
  elif [[ -n "$words" ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}
complete -o default -F _instashare instashare
`;
}
