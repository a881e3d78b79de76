import { setTimeout as delay } from 'node:timers/promises';
import { readInstanceFile } from './instance-file.ts';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

const POLL_INTERVAL_MS = 50;
/** They notice by themselves that their parent is gone, and end in order. */
const OWN_END_MS = 3_000;
const TERMINATED_END_MS = 2_000;

/**
 * Waits for the processes of an instance that was killed, and ends those that do not end by themselves. The
 * caller holds the data folder, so nobody is in charge of them any more.
 */
export async function endLeftoverProcesses(dataDir: string, signal: AbortSignal): Promise<void> {
  const listed = await readInstanceFile(dataDir);
  const running = await Promise.all(listed.map(isRunning));
  const leftovers = listed.filter(({ pid }, index) => running[index] === true && pid !== process.pid);
  if (leftovers.length === 0) return;
  console.log('Waiting for what an earlier start left behind to end …');
  await Promise.all(leftovers.map((leftover) => endProcess(leftover, signal)));
}

async function endProcess(identity: ProcessIdentity, signal: AbortSignal): Promise<void> {
  if (await hasEnded(identity, { withinMs: OWN_END_MS, signal })) return;
  send(identity, 'SIGTERM');
  if (await hasEnded(identity, { withinMs: TERMINATED_END_MS, signal })) return;
  send(identity, 'SIGKILL');
  await hasEnded(identity, { withinMs: TERMINATED_END_MS, signal });
}

async function hasEnded(
  identity: ProcessIdentity,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal },
): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (await isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await delay(POLL_INTERVAL_MS, undefined, { signal });
  }
  return true;
}

function send({ pid }: ProcessIdentity, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended just now.
  }
}
