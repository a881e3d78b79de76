/**
 * The process between us and a PostgreSQL server: the server's parent, out of reach of a terminal's signals.
 * It ends the server when it is told to, and when its channel closes, that is when its own parent ended,
 * however that happened. It does nothing else, and imports next to nothing, because it lives as long as the
 * server does.
 *
 * Arguments: uid and gid to run as (empty: ours), the cluster's folder, a folder to remove once the server was
 * ended from here (empty: none), the program and its arguments.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { KeeperMessage } from './keeper-message.ts';

type Step = readonly [signal: NodeJS.Signals, boundMs: number];

/** Lets clients finish on the connections they have: whoever our parent left behind is ending as well. */
const SMART: Step = ['SIGTERM', 5_000];
const FAST: Step = ['SIGINT', 15_000];
const IMMEDIATE: Step = ['SIGQUIT', 5_000];
const KILL: Step = ['SIGKILL', 5_000];

const [uid = '', gid = '', pgdata = '', folderToRemove = '', program = '', ...args] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

const server = spawn(program, args, {
  cwd: pgdata,
  stdio: ['ignore', 'inherit', 'inherit'],
  windowsHide: true,
  ...(uid === '' ? {} : { uid: Number(uid), gid: Number(gid) }),
});
let ending: NodeJS.Timeout | undefined;

server.once('spawn', () => process.send?.(server.pid));
server.once('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  finish(1);
});
server.once('exit', (code) => finish(code ?? 1));

process.on('message', (message: KeeperMessage) => {
  if (message === 'stop') endServer([FAST, IMMEDIATE, KILL]);
  if (message === 'stop-now') endServer([IMMEDIATE, KILL]);
});
process.once('disconnect', () => {
  // Told to stop before: that goes on.
  if (ending === undefined) endServer([SMART, FAST, IMMEDIATE, KILL]);
});

function endServer([step, ...later]: readonly Step[]): void {
  if (step === undefined) return;
  const [signal, boundMs] = step;
  clearTimeout(ending);
  server.kill(signal);
  ending = setTimeout(() => endServer(later), boundMs);
}

/** Lets go of everything that keeps this process alive. */
function finish(exitCode: number): void {
  if (ending !== undefined && folderToRemove !== '') {
    rmSync(folderToRemove, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exitCode = exitCode;
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
  clearTimeout(ending);
}
