import { setTimeout as delay } from 'node:timers/promises';
import Database from 'libsql';

const POLL_MS = 20;

/**
 * Takes the lock at `path`, or gives null when another process still holds it after `waitMs`. The operating
 * system holds it for us (as a lock on an SQLite file), so it ends with the process, however that ends: there
 * is no stale lock to take over.
 */
export async function acquireProcessLock(path: string, waitMs: number): Promise<Disposable | null> {
  const giveUpAtMs = performance.now() + waitMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock !== null) return lock;
    if (performance.now() >= giveUpAtMs) return null;
    await delay(POLL_MS);
  }
}

function tryLock(path: string): Disposable | null {
  const database = new Database(path);
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}
