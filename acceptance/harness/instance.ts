/** Runs the whole program as a user does, by `npm start`, on a data folder and a port of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CHECKOUT, MARK, scrubbedEnvironment } from './environment.ts';
import { requireNoSecrets } from './find-secrets.ts';
import { until } from './poll.ts';
import { findFreePort, isPortFree } from './port.ts';
import { boundByPermissions } from './privileges.ts';
import { type FoundProcess, findProcesses, killAll, peakMemoryBytes, signal } from './processes.ts';
import { makeTempFolder } from './temp-folder.ts';

export interface InstanceOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands behind `npm start --`. */
  readonly args?: readonly string[];
  /** Goes on with the data folder and the port of another one. It is then the other's to remove. */
  readonly like?: Pick<Instance, 'dataDir' | 'port'>;
  /** True: by npm itself, which costs half a second. False: by the command that npm would run. */
  readonly byNpm?: boolean;
  /** True: file permissions bind it even when the tests run as root. */
  readonly boundByPermissions?: boolean;
}

export interface Instance extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Everything it has written to stdout and stderr so far. */
  readonly output: () => string;
  /** Rejects with its output when it ends instead. */
  readonly ready: () => Promise<void>;
  /** The exit code, once it has ended; a signal's name when that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** What a terminal does at Ctrl-C: SIGINT to the process group. */
  readonly pressCtrlC: () => void;
  /** SIGKILL to the process that was started, and to it alone. */
  readonly killStart: () => void;
  /** SIGKILL to all processes of the instance. */
  readonly killEverything: () => Promise<FoundProcess[]>;
  readonly processes: () => Promise<FoundProcess[]>;
  readonly pidOfProgram: (program: Program) => Promise<number>;
  /** The most memory that it has had resident. */
  readonly peakMemoryBytes: (program: Program) => Promise<number>;
}

export type Program = 'api' | 'worker';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** Begins to start an instance; wait for `ready()`. Disposing stops it, and fails when something is left behind or secret was logged. */
export async function launchInstance(options: InstanceOptions = {}): Promise<Instance> {
  const { like, byNpm = false, args = [] } = options;
  await using made = new AsyncDisposableStack();
  const folder = like === undefined ? made.use(await makeTempFolder('instance')) : null;
  const dataDir = like?.dataDir ?? join(folder?.path ?? '', 'data');
  if (like === undefined) await mkdir(dataDir);
  const port = like?.port ?? (await findFreePort());
  const marks = { mark: randomUUID(), dataDir };
  const start = byNpm
    ? ['npm', 'start', ...(args.length === 0 ? [] : ['--', ...args])]
    : ['node', 'scripts/start.ts', ...args];
  const [executable = '', ...rest] = options.boundByPermissions ? boundByPermissions(start) : start;
  const child = spawn(executable, rest, {
    cwd: CHECKOUT,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: scrubbedEnvironment({
      INSTASHARE_DATA_DIR: dataDir,
      PORT: String(port),
      AUTH_ATTEMPTS_PER_MINUTE: '100000',
      ACCOUNT_ATTEMPTS_PER_MINUTE: '100000',
      // What is abandoned goes while the test watches.
      SWEEP_INTERVAL_SECONDS: '1',
      [MARK]: marks.mark,
      // As npm sets it: then it ends when this process is killed.
      npm_lifecycle_event: 'start',
      ...options.environment,
    }),
  });
  const output = collect(child);
  const exited = once(child, 'exit').then(([code, name]) => toExit(code, name));
  // Of all that it did, until its end.
  made.defer(() => requireNoSecrets({ dataDir, output }));
  made.defer(() => stop({ child, exited, output, marks, port }));
  const all = made.move();
  const url = `http://127.0.0.1:${port}`;
  const processes = () => findProcesses(marks);
  const pidOfProgram = async (program: Program) => {
    const found = (await processes()).find(({ command: line }) =>
      line.includes(`packages/${program}/src/main.ts`),
    );
    if (found === undefined) throw new Error(`no ${program} is running`);
    return found.pid;
  };

  return {
    url,
    port,
    dataDir,
    output,
    exited,
    processes,
    ready: () => waitUntilReady({ url, child, output }),
    pressCtrlC: () => signal(-pidOf(child), 'SIGINT'),
    killStart: () => signal(pidOf(child), 'SIGKILL'),
    killEverything: () => killAll(marks),
    pidOfProgram,
    async peakMemoryBytes(program) {
      return peakMemoryBytes(await pidOfProgram(program));
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** As {@link launchInstance}, and waits until it takes requests. */
export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  await using started = new AsyncDisposableStack();
  const instance = started.use(await launchInstance(options));
  await instance.ready();
  started.move();
  return instance;
}

function toExit(code: unknown, name: unknown): number | NodeJS.Signals {
  if (typeof code === 'number') return code;
  // Node tells the one or the other.
  return name === 'SIGKILL' ? 'SIGKILL' : name === 'SIGINT' ? 'SIGINT' : 'SIGTERM';
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process could not be started');
  return child.pid;
}

function collect({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  const add = (chunk: string) => {
    text += chunk;
  };
  stdout?.setEncoding('utf8').on('data', add);
  stderr?.setEncoding('utf8').on('data', add);
  return () => text;
}

interface Running {
  readonly url: string;
  readonly child: ChildProcess;
  readonly output: () => string;
}

async function waitUntilReady({ url, child, output }: Running): Promise<void> {
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const answer = await until(
    `${url}/readyz; the program said:\n${output()}`,
    async () => (hasEnded() ? 'ended' : (await fetch(`${url}/readyz`)).ok ? 'ready' : null),
    { timeoutMs: READY_TIMEOUT_MS },
  ).catch((error: unknown) => {
    throw new Error(`it did not get ready and said:\n${output()}`, { cause: error });
  });
  if (answer === 'ended') throw new Error(`it ended before it was ready and said:\n${output()}`);
}

interface Ending {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly output: () => string;
  readonly marks: { readonly mark: string; readonly dataDir: string };
  readonly port: number;
}

/** Stops what still runs in the way it should be stopped, and fails loudly when something is left. */
async function stop({ child, exited, output, marks, port }: Ending): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    signal(pidOf(child), 'SIGTERM');
    const timeout = setTimeout(() => void killAll(marks), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(timeout);
  }
  const leftBehind = async () => ((await findProcesses(marks)).length === 0 ? true : null);
  await until('all its processes to end', leftBehind, { timeoutMs: STOP_TIMEOUT_MS }).catch(async () => {
    const left = (await killAll(marks)).map(({ pid, command }) => `${pid} ${command}`);
    throw new Error(`it left processes behind:\n${left.join('\n')}\nand said:\n${output()}`);
  });
  if (!(await isPortFree(port))) throw new Error(`it left port ${port} taken and said:\n${output()}`);
}
