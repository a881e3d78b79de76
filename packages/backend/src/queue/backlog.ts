import type { OpenQueue } from './connection.ts';
import { firstJobs } from './first-jobs.ts';
import { PRIORITIES } from './priority.ts';

export interface Backlog {
  /** Ready to be taken up by a worker. */
  readonly waiting: number;
  /** Waiting for their time: for another try, or for their turn in a schedule. */
  readonly delayed: number;
  readonly active: number;
  /** Given up, and kept for who looks into it. */
  readonly failed: number;
  /** Since the waiting job that was asked for first was asked for; 0: none waits. */
  readonly oldestWaitingSeconds: number;
}

/** The cost does not grow with the number of jobs. */
export async function readBacklog(queue: OpenQueue, nowMs: number): Promise<Backlog> {
  const counts = await queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed');
  const { waiting = 0, prioritized = 0, delayed = 0, active = 0, failed = 0 } = counts;
  const firsts = await Promise.all([
    ...(waiting === 0 ? [] : [firstJobs(queue, 'waiting', 1)]),
    ...(prioritized === 0 ? [] : (await firstsOfPriorities(queue)).map((at) => firstAt(queue, at))),
  ]);
  const askedAtMs = firsts.flat().map(({ timestamp }) => timestamp);
  const oldestWaitingSeconds = Math.max(0, ...askedAtMs.map((atMs) => (nowMs - atMs) / 1000));
  return { waiting: waiting + prioritized, delayed, active, failed, oldestWaitingSeconds };
}

/** Jobs lie in the order of their priority, and below that of their age: where those of each priority begin. */
async function firstsOfPriorities(queue: OpenQueue): Promise<number[]> {
  const priorities = Object.values(PRIORITIES).toSorted((one, other) => one - other);
  const counts = await queue.getCountsPerPriority(priorities);
  const firsts: number[] = [];
  let index = 0;
  for (const priority of priorities) {
    const count = counts[String(priority)] ?? 0;
    if (count > 0) firsts.push(index);
    index += count;
  }
  return firsts;
}

const firstAt = (queue: OpenQueue, index: number) => queue.getJobs(['prioritized'], index, index, true);
