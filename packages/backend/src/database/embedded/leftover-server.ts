import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { runAs } from './run-as.ts';
import type { ServerUser } from './server-user.ts';

const POLL_INTERVAL_MS = 20;
const STEPS = [
  // Fast: open transactions are rolled back.
  { signal: 'SIGINT', timeoutMs: 15_000 },
  // Immediate: the next start replays the log.
  { signal: 'SIGQUIT', timeoutMs: 5_000 },
  { signal: 'SIGKILL', timeoutMs: 5_000 },
] as const;

/**
 * Ends the server that an earlier process left running on this cluster, if there is one, and removes a pid
 * file that names a process of somebody else: after a restart of the machine or of a container any process
 * may have the old server's number, and PostgreSQL would then refuse to start. `user` is who runs the server.
 */
export async function endLeftoverServer(pgdata: string, user: ServerUser | null): Promise<void> {
  const pid = await readServerPid(pgdata);
  // PostgreSQL removes a dead server's pid file itself, with more care than we could take.
  if (pid === null || !sendSignal(pid, 0)) return;
  switch (await whatIs(pid, { pgdata, user })) {
    case 'our server':
      return endServer(pid, pgdata);
    case 'nothing of ours':
      return rm(join(pgdata, 'postmaster.pid'), { force: true });
    case 'unknown':
  }
}

async function endServer(pid: number, pgdata: string): Promise<void> {
  for (const { signal, timeoutMs } of STEPS) {
    sendSignal(pid, signal);
    if (await hasEnded(pid, timeoutMs)) return;
  }
  throw new Error(`an old PostgreSQL server (process ${pid}) still runs on ${pgdata} and cannot be stopped`);
}

/** The process that the cluster's pid file names. */
async function readServerPid(pgdata: string): Promise<number | null> {
  const content = await readFile(join(pgdata, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(content, 10);
  return Number.isInteger(pid) && pid > 1 ? pid : null;
}

/** What the process that has this number now is to the cluster: a server works in its cluster's folder. */
async function whatIs(
  pid: number,
  { pgdata, user }: { readonly pgdata: string; readonly user: ServerUser | null },
): Promise<'our server' | 'nothing of ours' | 'unknown'> {
  const folder = await realpath(pgdata);
  if (process.platform === 'linux') {
    if (await isZombie(pid)) return 'nothing of ours';
    try {
      return (await workingFolderOf(pid, user)) === folder ? 'our server' : 'nothing of ours';
    } catch {
      return 'unknown';
    }
  }
  if (process.platform === 'win32') return 'unknown';
  try {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]);
    const isServer = stdout.includes('postgres') && (stdout.includes(folder) || stdout.includes(pgdata));
    return isServer ? 'our server' : 'nothing of ours';
  } catch {
    return 'unknown';
  }
}

/** null when the process is of a user whose processes are none of this cluster; rejects when it can't be told. */
async function workingFolderOf(pid: number, user: ServerUser | null): Promise<string | null> {
  const link = `/proc/${pid}/cwd`;
  try {
    return await readlink(link);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EACCES')) throw error;
    // The cluster is ours, and so its server would be.
    if (process.getuid?.() !== 0) return null;
    // In a container root may well be allowed to become another user, and yet not to look at its processes.
    return (await runAs('readlink', [link], { user, cwd: '/' })).trimEnd();
  }
}

async function hasEnded(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (sendSignal(pid, 0) && !(await isZombie(pid))) {
    if (performance.now() > deadline) return false;
    await delay(POLL_INTERVAL_MS);
  }
  return true;
}

/**
 * Whether the process has ended and only its number is still taken: for ever, in a container whose first
 * process takes no note of the end of others.
 */
async function isZombie(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  // See proc(5): the state follows the program's name, which stands in parentheses and may hold anything.
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
}

/** Whether there is a process of that number. */
function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
