import { cpus, release, totalmem, type } from 'node:os';

/** What the numbers depend on. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const memoryGib = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${memoryGib} GiB of memory, ${type()} ${release()}, Node ${process.version}`;
}
