import type { Command } from 'commander';
import { bashScript } from '../completion/bash-script.ts';
import { describeProgram } from '../completion/describe-program.ts';
import { fishScript } from '../completion/fish-script.ts';
import { zshScript } from '../completion/zsh-script.ts';
import type { CommandContext } from '../context.ts';

const SCRIPT_OF = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** Prints what a shell has to read to complete our commands. */
export function printCompletion(
  { output }: CommandContext,
  { shell, program }: { readonly shell: keyof typeof SCRIPT_OF; readonly program: Command },
): void {
  const script = SCRIPT_OF[shell](describeProgram(program));
  output.result({ event: 'completion', shell, script }, script.trimEnd());
}
