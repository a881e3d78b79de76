import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHECKOUT, scrubbedEnvironment } from '../harness/environment.ts';
import type { Block } from './markdown.ts';

const run = promisify(execFile);

const isMissing = (program: string) =>
  spawnSync(program, ['--version'], { stdio: 'ignore' }).error !== undefined;
/** Programs that the documents use, and this machine has not. */
export const MISSING = ['bash', 'curl', 'jq', 'psql', 'zstd'].filter(isMissing);

export interface ShellOptions {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs commands one after the other, as a person would; gives what they print. Rejects with all they said when one fails. */
export async function runShell(commands: string, { cwd, environment }: ShellOptions): Promise<string> {
  const terminal = join(CHECKOUT, 'acceptance', 'documents', 'terminal.sh');
  const { stdout } = await run('bash', ['--norc', '-euc', `. '${terminal}'; set -x\n${commands}`], {
    cwd,
    env: scrubbedEnvironment(environment),
    timeout: 90_000,
  });
  return stdout;
}

export const commandsOf = (blocks: readonly Block[]): string => blocks.map(({ text }) => text).join('\n');
