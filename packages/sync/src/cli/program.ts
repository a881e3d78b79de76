import { Command } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { CommandContext } from './context.ts';
import { addAccountCommands } from './program/account-commands.ts';
import type { CommandSetup } from './program/command-setup.ts';
import { addCompletionCommand } from './program/completion-command.ts';
import { addControlCommands } from './program/control-commands.ts';
import { addHistoryCommands } from './program/history-commands.ts';
import { addListCommands } from './program/list-commands.ts';
import { addServiceCommands } from './program/service-commands.ts';
import { addShareCommands } from './program/share-commands.ts';
import { addTokenCommands } from './program/token-commands.ts';
import { addTransferCommands } from './program/transfer-commands.ts';
import { addWatchCommands } from './program/watch-commands.ts';

export interface ProgramContext
  extends Omit<CommandContext, 'server'>,
    Pick<CommandSetup, 'onExitCode' | 'onOnlyOutput'> {}

const AFTER_HELP = `
Exit codes:
  0    done
  1    failed, or not all could be done; what is wrong is on standard error
  2    the command line makes no sense
  130  stopped by Ctrl-C before it was done

Environment:
  INSTASHARE_SERVER      server to talk to, when --server does not say
  INSTASHARE_TOKEN       a personal access token in place of a log-in
  INSTASHARE_CONFIG_DIR  where credentials and state are kept
                         (default: ~/.config/instashare)
  NO_COLOR               no colours`;

/** A command as the list of them has it: its options are for its own help. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map((argument) => {
    const name = argument.variadic ? `${argument.name()}...` : argument.name();
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...args].join(' ');
}

/** The command line. Each command's code is loaded when it runs, so that every one of them starts fast. */
export function createProgram(context: ProgramContext): Command {
  const { stdout, stderr, onExitCode, onOnlyOutput } = context;
  const program = new Command('instashare')
    .description('Upload folders to your own Instashare server, and get files back.')
    .version(manifest.version, '--version', 'print the version')
    .option('--server <url>', 'server to talk to (default: the one logged in to last)')
    .option('--json', 'one JSON event a line on standard output, for scripts')
    .option('--no-color', 'no colours')
    .addHelpText('after', AFTER_HELP)
    .showHelpAfterError('(instashare --help shows what there is)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .configureHelp({ subcommandTerm: termOf })
    // Or the version of a file would be asked for and that of the program be told.
    .enablePositionalOptions()
    .exitOverride();
  const contextOf = (command: Command): CommandContext => {
    const { server } = command.optsWithGlobals<{ server?: string }>();
    return { ...context, server };
  };
  addCommands({ program, contextOf, onExitCode, onOnlyOutput });
  return program;
}

/** In the order of the help. */
function addCommands(setup: CommandSetup): void {
  const { program } = setup;
  program.commandsGroup('Account:');
  addAccountCommands(setup);
  program.commandsGroup('Upload folders, and speak with a watch that runs:');
  addWatchCommands(setup);
  addControlCommands(setup);
  addServiceCommands(setup);
  program.commandsGroup('Files:');
  addTransferCommands(setup);
  addListCommands(setup);
  addHistoryCommands(setup);
  program.commandsGroup('For others, and for programs:');
  addShareCommands(setup);
  addTokenCommands(setup);
  program.commandsGroup('Beside them:');
  addCompletionCommand(setup);
  program.helpCommand('help [command]', 'show the help of a command');
}
