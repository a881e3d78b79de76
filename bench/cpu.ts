/** CPU time by program, from /proc: what shows from outside which part of the work costs what. */
import { readFile } from 'node:fs/promises';
import type { Instance } from '../acceptance/harness/instance.ts';

/** Seconds of CPU time by the program's name. */
export type CpuSeconds = ReadonlyMap<string, number>;

const TICKS_PER_SECOND = 100;
/** Fields of /proc/PID/stat after the program's name: user, system, and the same of children waited for. */
const OWN_AND_CHILDREN = [11, 15] as const;
const CHILDREN = [13, 15] as const;

const PROGRAMS: readonly (readonly [string, RegExp])[] = [
  ['api', /packages\/api\/src\/main/],
  ['worker', /packages\/worker\/src\/main/],
  ['PostgreSQL', /postgres/],
];

export async function cpuOf(instance: Instance): Promise<CpuSeconds> {
  const sums = new Map<string, number>();
  for (const { pid, command } of await instance.processes()) {
    const program = PROGRAMS.find(([, pattern]) => pattern.test(command))?.[0];
    if (program === undefined) continue;
    sums.set(program, (sums.get(program) ?? 0) + (await secondsOf(pid, OWN_AND_CHILDREN)));
  }
  return sums;
}

/** Of all processes that we started, and that have ended. */
export const cpuOfEndedChildren = (): Promise<number> => secondsOf(process.pid, CHILDREN);

export const cpuSecondsOf = (pid: number): Promise<number> => secondsOf(pid, OWN_AND_CHILDREN);

export function difference(after: CpuSeconds, before: CpuSeconds): Map<string, number> {
  return new Map([...after].map(([name, seconds]) => [name, seconds - (before.get(name) ?? 0)]));
}

/** See proc(5). 0 for one that has ended meanwhile. */
async function secondsOf(pid: number, [from, to]: readonly [number, number]): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0) / TICKS_PER_SECOND;
}
