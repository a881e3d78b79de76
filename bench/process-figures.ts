/** What a process uses, from /proc. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { cpuSecondsOf } from './cpu.ts';

export interface Memory {
  readonly residentBytes: number;
  readonly peakBytes: number;
}

/** See proc(5). */
export async function memoryOf(pid: number): Promise<Memory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  return { residentBytes: bytes('VmRSS'), peakBytes: bytes('VmHWM') };
}

/** Milliseconds of processor time in `seconds`. */
export async function idleCpuMs(pid: number, seconds: number): Promise<number> {
  const before = await cpuSecondsOf(pid);
  await delay(seconds * 1000);
  return ((await cpuSecondsOf(pid)) - before) * 1000;
}
