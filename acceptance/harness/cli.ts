/** The `instashare` command, as installed by npm, with a configuration of its own. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT, scrubbedEnvironment } from './environment.ts';
import { boundByPermissions } from './privileges.ts';
import { makeTempFolder } from './temp-folder.ts';

const COMMAND = join(CHECKOUT, 'node_modules', '.bin', 'instashare');
const TIMEOUT_MS = 90_000;

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliRunOptions {
  readonly stdin?: string;
  readonly cwd?: string;
  /** True: file permissions bind it even when the tests run as root. */
  readonly boundByPermissions?: boolean;
  /** Told what it writes to stdout, as it writes it. */
  readonly onStdout?: (text: string) => void;
  readonly environment?: Readonly<Record<string, string>>;
  /** Kills it when aborted, as a crash would. */
  readonly kill?: AbortSignal;
  /** Tells it to end when aborted. */
  readonly stop?: AbortSignal;
}

export interface Cli extends AsyncDisposable {
  /** Where its credentials are kept. */
  readonly configDir: string;
  readonly run: (args: readonly string[], options?: CliRunOptions) => Promise<CliResult>;
}

export async function makeCli(): Promise<Cli> {
  const folder = await makeTempFolder('cli');
  const configDir = join(folder.path, 'config');
  return {
    configDir,
    run: (args, options = {}) => runCli(args, configDir, options),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function runCli(
  args: readonly string[],
  configDir: string,
  options: CliRunOptions,
): Promise<CliResult> {
  const { stdin = '', cwd = CHECKOUT, onStdout } = options;
  const command = [COMMAND, ...args];
  const [program = '', ...rest] = options.boundByPermissions ? boundByPermissions(command) : command;
  const child = spawn(program, rest, {
    cwd,
    env: scrubbedEnvironment({ INSTASHARE_CONFIG_DIR: configDir, ...options.environment }),
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let stdout = '';
  let stderr = '';
  options.stop?.addEventListener('abort', () => child.kill('SIGTERM'));
  options.kill?.addEventListener('abort', () => child.kill('SIGKILL'));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    onStdout?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // One that does not read its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr };
}
