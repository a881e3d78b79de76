/** Other programs of this machine. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function shell(command: string, environment: NodeJS.ProcessEnv = {}): Promise<void> {
  const options = { env: { ...process.env, ...environment }, maxBuffer: 64 * 1024 * 1024 };
  await run('bash', ['-euc', command], options);
}

export const isInstalled = (program: string): Promise<boolean> =>
  shell(`command -v ${program} >/dev/null`).then(
    () => true,
    () => false,
  );
