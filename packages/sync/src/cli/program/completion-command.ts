import { Argument, type Command } from 'commander';
import { addCommand, type CommandSetup } from './command-setup.ts';
import { paragraphs } from './help-text.ts';

const COMPLETION_HELP = `
bash:  echo 'eval "$(instashare completion bash)"' >> ~/.bashrc
zsh:   echo 'eval "$(instashare completion zsh)"' >> ~/.zshrc     (below the line with compinit)
fish:  instashare completion fish > ~/.config/fish/completions/instashare.fish`;

export function addCompletionCommand({ program, contextOf, onOnlyOutput }: CommandSetup): void {
  addCommand(program, 'completion')
    .description('print what a shell needs to complete commands and options')
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', paragraphs(COMPLETION_HELP))
    .action(async (shell: 'bash' | 'fish' | 'zsh', _options: unknown, command: Command) => {
      onOnlyOutput();
      const { printCompletion } = await import('../commands/completion.ts');
      printCompletion(contextOf(command), { shell, program });
    });
}
