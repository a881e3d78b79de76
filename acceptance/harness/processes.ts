/**
 * Finds the processes of an instance from outside: by a mark in their environment, or by the data folder they
 * name or stand in (PostgreSQL gets an environment of its own, and its helpers change their titles). By /proc,
 * so on Linux only.
 */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { MARK } from './environment.ts';

export interface FoundProcess {
  readonly pid: number;
  readonly command: string;
}

export interface InstanceMarks {
  readonly mark: string;
  readonly dataDir: string;
}

export async function findProcesses(marks: InstanceMarks): Promise<FoundProcess[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => Number.isInteger(pid));
  const found = await Promise.all(pids.map((pid) => matching(pid, marks)));
  return found.filter((one) => one !== null);
}

async function matching(pid: number, { mark, dataDir }: InstanceMarks): Promise<FoundProcess | null> {
  if (pid === process.pid) return null;
  const [environment, commandLine, folder] = await Promise.all([
    readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
  ]);
  // Ended already, and only not yet taken note of by its parent.
  if (commandLine === '') return null;
  const isOurs =
    environment.split('\0').includes(`${MARK}=${mark}`) ||
    commandLine.includes(dataDir) ||
    folder === dataDir ||
    folder.startsWith(`${dataDir}/`);
  return isOurs ? { pid, command: commandLine.replaceAll('\0', ' ').trim() } : null;
}

/** Ends every process of the instance at once, without a chance to tidy up. Returns what it killed. */
export async function killAll(marks: InstanceMarks): Promise<FoundProcess[]> {
  const killed: FoundProcess[] = [];
  for (;;) {
    const running = await findProcesses(marks);
    if (running.length === 0) return killed;
    for (const found of running) {
      signal(found.pid, 'SIGKILL');
      if (!killed.some(({ pid }) => pid === found.pid)) killed.push(found);
    }
  }
}

/** Sends a signal; that the process has ended meanwhile is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** The most memory a process has had resident since it began. */
export async function peakMemoryBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status does not tell the peak memory`);
  return Number(kilobytes) * 1024;
}

/** How many bytes a process has read since it began, from files and from the network. */
export async function readByteCount(pid: number): Promise<number> {
  const io = await readFile(`/proc/${pid}/io`, 'utf8');
  const bytes = /^rchar: (\d+)$/m.exec(io)?.[1];
  if (bytes === undefined) throw new Error(`/proc/${pid}/io does not tell what was read`);
  return Number(bytes);
}
