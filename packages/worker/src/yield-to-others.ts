import { readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL;

/**
 * What somebody waits for goes before what makes room. To be called before the thread pool is used: on Linux its threads
 * are as the one that starts them, and a later change would be for this one alone. Where it is not allowed, the system
 * shares the processor out as it likes.
 */
export function yieldToOthers(): void {
  try {
    setPriority(PRIORITY);
    if (process.platform === 'linux' && leadsSession()) yieldAsGroup();
  } catch {
    // It is a courtesy.
  }
}

/**
 * Where the kernel gives each session the same share (`sched_autogroup_enabled`), priorities count within a session
 * only, and `npm start` gives each of its processes one of its own.
 */
const yieldAsGroup = () => writeFileSync('/proc/self/autogroup', String(PRIORITY));

/** Then nobody else is in its group but what it started. See proc(5) for the fields behind the program's name. */
function leadsSession(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(session) === process.pid;
}
