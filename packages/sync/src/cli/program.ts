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
  INSTASHARE_TOKEN       a personal access token, for scripts and containers: no log-in is needed or used
  INSTASHARE_CONFIG_DIR  where credentials and state are kept (default: ~/.config/instashare)
  NO_COLOR               no colours`;

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
    // Or the version of a file would be asked for and that of the program be told.
    .enablePositionalOptions()
    .exitOverride();
  const contextOf = (command: Command): CommandContext => {
    const { server } = command.optsWithGlobals<{ server?: string }>();
    return { ...context, server };
  };
  const setup: CommandSetup = { program, contextOf, onExitCode, onOnlyOutput };
  addAccountCommands(setup);
  addWatchCommands(setup);
  addControlCommands(setup);
  addTransferCommands(setup);
  addListCommands(setup);
  addHistoryCommands(setup);
  addServiceCommands(setup);
  addCompletionCommand(setup);
  return program;
}
