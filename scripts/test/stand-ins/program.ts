import { appendFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const configDir = process.env['INSTASHARE_CONFIG_DIR'];
/** The uploader is only told where its account lives, which is in the data folder. */
const dataDir = configDir === undefined ? (process.env['INSTASHARE_DATA_DIR'] ?? '') : dirname(configDir);

/** Notes what happened, in the order in which it did, for all programs in one file. */
export function note(event: string): void {
  appendFileSync(join(dataDir, 'events'), `${event}\n`);
}

/** A test tells a program how to behave by making a file of that name in the data folder. */
export function isTold(behaviour: string): boolean {
  return existsSync(join(dataDir, behaviour));
}

const LINGER_MS = 1_000;

/** Ends as the real programs do: in order on SIGTERM, and when the parent is gone; SIGINT is the parent's. */
export function endInOrder(name: string, end: () => Promise<void>): void {
  let stopping = false;
  const stop = async (reason: string) => {
    if (stopping) return;
    stopping = true;
    note(`${name} ends: ${reason}`);
    if (isTold(`${name}-hangs`)) return;
    if (isTold(`${name}-lingers`)) await delay(LINGER_MS);
    await end();
    note(`${name} ended`);
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.once('disconnect', () => void stop('parent gone'));
  process.on('SIGINT', () => {});
  process.on('SIGHUP', () => {});
}
