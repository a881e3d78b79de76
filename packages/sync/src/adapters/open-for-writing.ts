import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

/** Which files below a folder are open for writing. */
export interface OpenForWriting {
  /** Whether a file that this process has open, too, is. False where the system does not tell. */
  has(descriptor: number): Promise<boolean>;
}

/**
 * No longer than anything rests before it is asked about: who wrote to it before that, and has it open now, had it open
 * then.
 */
const FRESH_MS = 200;
/** Nothing else waits longer than this while it is looked. */
const TURN_MS = 5;
const IS_WRITABLE = 0o200;

/** Nobody but Linux tells, and it only of the user's own processes; see proc_pid_fd(5). */
export function createOpenForWriting(root: string): OpenForWriting {
  if (process.platform !== 'linux') return { has: () => Promise.resolve(false) };
  const start = root.endsWith('/') ? root : `${root}/`;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  let found: Promise<ReadonlySet<string>> = Promise.resolve(new Set());
  return {
    async has(descriptor) {
      const path = targetOf(`/proc/self/fd/${descriptor}`);
      if (performance.now() - lookedAtMs > FRESH_MS) {
        lookedAtMs = performance.now();
        // One after the other, however long each takes.
        found = found.then(() => findWritten(start));
      }
      return path !== null && (await found).has(path);
    },
  };
}

/** Paths below `start` that some process has open for writing. */
async function findWritten(start: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  let turnEndsMs = performance.now() + TURN_MS;
  for (const process of namesIn('/proc')) {
    if (!/^\d/.test(process)) continue;
    for (const descriptor of namesIn(`/proc/${process}/fd`)) {
      const link = `/proc/${process}/fd/${descriptor}`;
      const path = isWritable(link) ? targetOf(link) : null;
      if (path?.startsWith(start) === true) found.add(path);
      if (performance.now() < turnEndsMs) continue;
      await setImmediate();
      turnEndsMs = performance.now() + TURN_MS;
    }
  }
  return found;
}

/** None where there is nothing (any more), or nothing that is ours to see. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The rights of the link are how the file was opened; the file itself, which may be on a disk that hangs, is not asked. */
function isWritable(link: string): boolean {
  try {
    const stat = lstatSync(link, { throwIfNoEntry: false });
    return stat !== undefined && (stat.mode & IS_WRITABLE) !== 0;
  } catch {
    return false;
  }
}

function targetOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}
