/** What a program and all that it has started take, from /proc: see proc(5). */
import { readdir, readFile } from 'node:fs/promises';

const TICKS_PER_SECOND = 100;
const KIB = 1024;

/** The process and everything below it. */
export async function processTree(root: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const parents = new Map(await Promise.all(pids.map(async (pid) => [pid, await parentOf(pid)] as const)));
  const isBelow = (pid: number): boolean => pid === root || (pid > 1 && isBelow(parents.get(pid) ?? 0));
  return pids.filter(isBelow);
}

/** Seconds of processor time that they have used so far. */
export async function treeCpuSeconds(root: number): Promise<number> {
  const each = (await processTree(root)).map(async (pid) => {
    const fields = await statOf(pid);
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND;
  });
  return sum(await Promise.all(each));
}

/** Bytes of memory, what several share counted once (`Pss`). */
export async function treeMemoryBytes(root: number): Promise<number> {
  const each = (await processTree(root)).map(async (pid) => {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * KIB;
  });
  return sum(await Promise.all(each));
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

const parentOf = async (pid: number): Promise<number> => Number((await statOf(pid))[1] ?? 0);

/** The fields after the program's name; none for one that has ended. */
async function statOf(pid: number): Promise<readonly string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
