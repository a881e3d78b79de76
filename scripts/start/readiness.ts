import { setTimeout as delay } from 'node:timers/promises';

const POLL_INTERVAL_MS = 50;
const ANSWER_WITHIN_MS = 5_000;

/** Resolves when the server at `url` says that everything it needs answers as well. */
export async function waitUntilReady(url: string, signal: AbortSignal): Promise<void> {
  while (!(await isReady(url))) await delay(POLL_INTERVAL_MS, undefined, { signal });
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
