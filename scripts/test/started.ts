import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { processesOf } from './processes.ts';

const SCRIPT = join(import.meta.dirname, 'stand-ins', 'start.ts');

export const SOON = { timeout: 20_000, interval: 20 };

export interface StartRun {
  readonly pid: number;
  /** Everything that it printed so far. */
  readonly output: () => string;
  /** Waits until it has printed `text`. */
  readonly prints: (text: string | RegExp) => Promise<void>;
  /** Presses Ctrl-C: a terminal signals the whole process group. */
  readonly ctrlC: () => void;
  /** Resolves with the exit code, or with the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
}

export interface Sandbox extends AsyncDisposable {
  readonly folder: string;
  readonly dataDir: string;
  readonly start: (args?: readonly string[], environment?: Record<string, string>) => StartRun;
  /** The same by way of a real npm, whose process the run then is, with or without npm's shell in between. */
  readonly npmStart: (shell: 'kept' | 'replaced') => Promise<StartRun>;
  /** What the programs noted, in order. */
  readonly events: () => Promise<string[]>;
  /** The process id that a program of this name noted last. */
  readonly pidOf: (name: string) => Promise<number>;
  readonly expectNoProcess: () => Promise<void>;
}

/** A folder to run `npm start` in, with stand-ins for the programs. Disposed, nothing of it is left. */
export async function createSandbox(): Promise<Sandbox> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'instashare-start-')));
  await chmod(folder, 0o755);
  const dataDir = join(folder, 'data');
  const runs: ChildProcess[] = [];
  const events = async () => {
    const content = await readFile(join(dataDir, 'events'), 'utf8').catch(() => '');
    return content.split('\n').filter((line) => line !== '');
  };
  const spawnRun = (command: readonly [string, ...string[]], environment: Record<string, string> = {}) => {
    const [program, ...args] = command;
    const child = spawn(program, args, {
      cwd: folder,
      // A process group of its own, as a terminal gives it.
      detached: true,
      env: { ...baseEnvironment(), INSTASHARE_DATA_DIR: dataDir, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    runs.push(child);
    return observe(child);
  };
  return {
    folder,
    dataDir,
    events,
    start: (args = [], environment = {}) => spawnRun([process.execPath, SCRIPT, ...args], environment),
    async npmStart(shell) {
      const start = `${shell === 'kept' ? '' : 'exec '}"${process.execPath}" "${SCRIPT}"`;
      await writeFile(join(folder, 'package.json'), JSON.stringify({ scripts: { start } }));
      // npm keeps compiled code in the temporary folder.
      return spawnRun(['npm', 'start'], { NODE_DISABLE_COMPILE_CACHE: '1' });
    },
    async pidOf(name) {
      const last = (await events()).findLast((event) => event.startsWith(`${name} started `));
      return Number(last?.split(' ').at(-1));
    },
    expectNoProcess: () => vi.waitFor(async () => expect(await processesOf(folder)).toEqual({}), SOON),
    async [Symbol.asyncDispose]() {
      for (const run of runs) run.kill('SIGKILL');
      for (const pid of Object.keys(await processesOf(folder))) killAtOnce(Number(pid));
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Ours, without what npm and vitest put there. */
function baseEnvironment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter((name) => !/^(npm_|INIT_CWD|NODE_OPTIONS|VITEST)/.test(name));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

function observe(child: ReturnType<typeof spawn>): StartRun {
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stderr?.on('data', (chunk) => (output += String(chunk)));
  const exit = once(child, 'close').then(() => child.exitCode ?? child.signalCode ?? Number.NaN);
  const pid = child.pid ?? Number.NaN;
  return {
    pid,
    output: () => output,
    exit,
    ctrlC: () => void process.kill(-pid, 'SIGINT'),
    prints: (text) => vi.waitFor(() => expect(output).toMatch(text), SOON),
  };
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended just now.
  }
}
