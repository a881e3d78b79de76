import { Command, Option } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import type { CommandContext } from './context.ts';

export interface ProgramContext extends Omit<CommandContext, 'server'> {
  /** Told by a command that ends otherwise than well. */
  readonly onExitCode: (exitCode: number) => void;
  /** Told by a command that does nothing but write to standard output. */
  readonly onOnlyOutput: () => void;
}

const AFTER_HELP = `
Exit codes:
  0    done
  1    failed, or not all could be done; what is wrong is on standard error
  2    the command line makes no sense
  130  stopped by Ctrl-C before it was done

Environment:
  INSTASHARE_CONFIG_DIR  where credentials and state are kept (default: ~/.config/instashare)
  NO_COLOR               no colours`;

/** The command line. Each command's code is loaded when it runs, so that every one of them starts fast. */
export function createProgram(context: ProgramContext): Command {
  const { stdout, stderr } = context;
  const program = new Command('instashare')
    .description('Upload folders to your own Instashare server, and get files back.')
    .version(manifest.version, '--version', 'print the version')
    .option('--server <url>', 'server to talk to (default: the one logged in to last)')
    .option('--json', 'one JSON event a line on standard output, for scripts')
    .addHelpText('after', AFTER_HELP)
    .showHelpAfterError('(instashare --help shows what there is)')
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
    .exitOverride();
  const contextOf = (command: Command): CommandContext => {
    const { server } = command.optsWithGlobals<{ server?: string }>();
    return { ...context, server };
  };
  addAccountCommands(program, contextOf);
  addReadCommands(program, contextOf, context.onOnlyOutput);
  addUploadCommand(program, contextOf, context.onExitCode);
  addWatchCommand(program, contextOf, context.onExitCode);
  return program;
}

type ContextOf = (command: Command) => CommandContext;
type OnExitCode = ProgramContext['onExitCode'];

/** Global options are taken on either side of the command's name. */
function addCommand(program: Command, nameAndArguments: string): Command {
  return program
    .command(nameAndArguments)
    .addOption(new Option('--server <url>', 'server to talk to').hideHelp())
    .addOption(new Option('--json', 'one JSON event a line').hideHelp());
}

function addAccountCommands(program: Command, contextOf: ContextOf): void {
  addCommand(program, 'register [email]')
    .description('make an account and log in')
    .option('--email <address>', 'e-mail address (asked for when left out)')
    .option('--name <name>', 'your name')
    .option('--password-stdin', 'read the password from standard input instead of asking for it')
    .option('--device-name <name>', "this machine's name in the list of devices (default: its host name)")
    .action(async (email: string | undefined, options: AccountOptions, command: Command) => {
      const { register } = await import('./commands/register.ts');
      await register(contextOf(command), { ...options, email: options.email ?? email });
    });
  addCommand(program, 'login [email]')
    .description('log in')
    .option('--email <address>', 'e-mail address (asked for when left out)')
    .option('--password-stdin', 'read the password from standard input instead of asking for it')
    .option('--device-name <name>', "this machine's name in the list of devices (default: its host name)")
    .action(async (email: string | undefined, options: AccountOptions, command: Command) => {
      const { logIn } = await import('./commands/login.ts');
      await logIn(contextOf(command), { ...options, email: options.email ?? email });
    });
  addCommand(program, 'logout')
    .description('end the session and forget its tokens')
    .action(async (_options: unknown, command: Command) => {
      const { logOut } = await import('./commands/logout.ts');
      await logOut(contextOf(command));
    });
  addCommand(program, 'whoami')
    .description('show who is logged in, and where')
    .action(async (_options: unknown, command: Command) => {
      const { whoAmI } = await import('./commands/whoami.ts');
      await whoAmI(contextOf(command));
    });
}

export interface AccountOptions {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly passwordStdin?: boolean | undefined;
  readonly deviceName?: string | undefined;
}

function addReadCommands(program: Command, contextOf: ContextOf, onOnlyOutput: () => void): void {
  addCommand(program, 'ls [prefix]')
    .description('list files, those whose path starts with PREFIX')
    .action(async (prefix: string | undefined, _options: unknown, command: Command) => {
      onOnlyOutput();
      const { list } = await import('./commands/ls.ts');
      await list(contextOf(command), prefix);
    });
  addCommand(program, 'get <path>')
    .description('download a file; what arrives is verified, and a download that was cut goes on')
    .option('-o, --output <file>', 'where to (default: its name, here; - for standard output)')
    .option('--force', 'replace a file that is there')
    .action(async (path: string, options: { output?: string; force?: boolean }, command: Command) => {
      if (options.output === '-') onOnlyOutput();
      const { get } = await import('./commands/get.ts');
      await get(contextOf(command), { ...options, path });
    });
}

function addUploadCommand(program: Command, contextOf: ContextOf, onExitCode: OnExitCode): void {
  addCommand(program, 'upload <files...>')
    .description('upload files')
    .option('--to <prefix>', 'folder on the server to put them into', '')
    .action(async (files: string[], options: { to: string }, command: Command) => {
      const { upload } = await import('./commands/upload.ts');
      onExitCode(await upload(contextOf(command), { ...options, files }));
    });
}

function addWatchCommand(program: Command, contextOf: ContextOf, onExitCode: OnExitCode): void {
  addCommand(program, 'watch <folder>')
    .description('upload a folder, and whatever changes in it')
    .option('--to <prefix>', 'folder on the server to put it into (default: the root of the account)', '')
    .option('--once', 'exit when everything there is stored')
    .addHelpText('after', WATCH_HELP)
    .action(async (folder: string, options: { to: string; once?: boolean }, command: Command) => {
      const { watch } = await import('./commands/watch.ts');
      onExitCode(await watch(contextOf(command), { folder, to: options.to, isOnce: options.once === true }));
    });
}

const WATCH_HELP = `
Nothing in the folder is ever changed, and nothing is deleted on the server. Symbolic links are not followed;
links, sockets, pipes and folders named ".instashare" (where a server keeps its data) are skipped. Stopped at
any moment, it goes on where it was when it is started again. A second folder needs a place of its own (--to):
files of the same name would replace each other.

Exit codes with --once: 0 when everything is stored, 1 when something could not be (it is listed).`;
