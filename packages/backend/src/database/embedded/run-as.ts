import { execFile } from 'node:child_process';
import { addAbortListener } from 'node:events';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { ServerUser } from './server-user.ts';

const execute = promisify(execFile);

/** The identity to hand to a spawn: empty when the program runs as ourselves. */
export function identity(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

/**
 * What a program of PostgreSQL may see of the environment: no secrets of ours, no PG* settings, and messages
 * in English, because we read some of them.
 */
export function serverEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C' };
  for (const name of ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot']) {
    // oxlint-disable-next-line node/no-process-env -- not our settings: what any program needs to run here
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

export interface RunAsOptions {
  readonly user: ServerUser | null;
  readonly cwd?: string;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one of PostgreSQL's programs to its end; returns its output. Rejects, with what it said, when it fails.
 * An aborted program is asked to end, and waited for: it clears up after itself, and until then it, or one that
 * it has started, may still write.
 */
export async function runAs(
  program: string,
  args: readonly string[],
  options: RunAsOptions,
): Promise<string> {
  options.signal?.throwIfAborted();
  const running = execute(program, args, {
    ...identity(options.user),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: serverEnvironment(),
    windowsHide: true,
  });
  // A program that ends before it has read its input says why by its exit code.
  running.child.stdin?.on('error', () => {}).end(options.input);
  // Not the signal of `execFile`, which gives up at once.
  using _ = options.signal && addAbortListener(options.signal, () => void running.child.kill());
  try {
    return (await running).stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(`${basename(program)}: ${reasonOf(error)}`, { cause: error });
  }
}

/** What the program said, or why it could not even run. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said =
    'stderr' in error
      ? String(error.stderr)
          .trim()
          .replaceAll(/\.?\s*\n\s*/g, '; ')
      : '';
  if (said.includes('could not look up effective user ID')) return `${said} (see /etc/passwd)`;
  return said === '' ? error.message : said;
}
