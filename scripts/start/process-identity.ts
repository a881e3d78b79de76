import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** One process for all time: its number may be given to another, but not with the same moment of birth. */
export interface ProcessIdentity {
  readonly pid: number;
  /** To be compared only. Contains no white space. */
  readonly born: string;
}

/** null when there is no such process, or the system does not tell. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const status = await readStatus(pid);
  return status === null ? null : { pid, born: status.born };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const status = await readStatus(identity.pid);
  return status !== null && !status.hasEnded && status.born === identity.born;
}

export interface Status {
  /** The name of the program that it runs, without its folder. */
  readonly program: string;
  readonly parentPid: number;
  readonly born: string;
  /** It has ended, and its parent has yet to take note. */
  readonly hasEnded: boolean;
}

/** null when there is no such process, or the system does not tell. */
export async function readStatus(pid: number): Promise<Status | null> {
  if (process.platform === 'win32') return null;
  try {
    return process.platform === 'linux' ? await readFromProc(pid) : await readFromPs(pid);
  } catch {
    return null;
  }
}

/** See proc(5): the fields after the program's name, which stands in parentheses and may hold anything. */
async function readFromProc(pid: number): Promise<Status> {
  const [stat, bootId] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
  ]);
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  const [state = '', parentPid = ''] = fields;
  const startTicks = fields[19] ?? '';
  return {
    program: stat.slice(stat.indexOf('(') + 1, nameEnd),
    parentPid: Number(parentPid),
    born: `${startTicks}@${bootId.trim()}`,
    hasEnded: state === 'Z' || state === 'X',
  };
}

async function readFromPs(pid: number): Promise<Status> {
  const run = promisify(execFile);
  const [status, command] = await Promise.all([
    run('ps', ['-o', 'ppid=,state=,lstart=', '-p', String(pid)]),
    run('ps', ['-o', 'comm=', '-p', String(pid)]),
  ]);
  const [parentPid = '', state = '', ...lstart] = status.stdout.trim().split(/\s+/);
  return {
    program: basename(command.stdout.trim()),
    parentPid: Number(parentPid),
    born: lstart.join('_'),
    hasEnded: state.startsWith('Z'),
  };
}
