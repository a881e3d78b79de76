import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Instance } from './instance.ts';
import { ensureSecret } from './secret-file.ts';
import type { Environment } from './settings.ts';
import { StartError } from './start-error.ts';

/** No mail can ever reach it: the top-level domain is reserved for that (RFC 2606). */
const EMAIL = 'local@instashare.invalid';

/** Where the CLI keeps who it is when it runs for `--watch`. */
export function localAccountFolder(dataDir: string): string {
  return join(dataDir, 'local-account');
}

/** The environment in which the CLI is the person at this machine. */
export function localEnvironment({ context, dataDir }: Instance): Environment {
  return { ...context.environment, INSTASHARE_CONFIG_DIR: localAccountFolder(dataDir) };
}

/** Has the CLI logged in to the account that `--watch` uploads to, which is made at the first start. */
export async function logInLocally(instance: Instance): Promise<void> {
  const password = await ensureSecret(join(localAccountFolder(instance.dataDir), 'password'));
  // The session of the last start, if it still holds.
  if ((await runCli(instance, ['whoami'])) === null) return;
  const logIn = ['login', EMAIL, '--password-stdin', '--device-name', 'npm start --watch'];
  const refusal = await runCli(instance, logIn, password);
  if (refusal === null) return;
  if ((await runCli(instance, ['register', ...logIn.slice(1)], password)) === null) return;
  throw new StartError(`The local account cannot be used: ${refusal.trim()}`);
}

/** Returns null when the command succeeded, and what it said otherwise. */
async function runCli(instance: Instance, args: readonly string[], input = ''): Promise<string | null> {
  const { context, url, stop } = instance;
  const child = spawn(process.execPath, [context.programs.cli, ...args, '--server', url], {
    env: localEnvironment(instance),
    stdio: ['pipe', 'ignore', 'pipe'],
    signal: stop.requested,
    windowsHide: true,
  });
  // One that does not read its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return child.exitCode === 0 ? null : said;
}
