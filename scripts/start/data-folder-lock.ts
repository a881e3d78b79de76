import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, StartError } from './start-error.ts';

/**
 * Holds the data folder for this process alone, until it is disposed or this process ends, however it ends.
 * SQLite is what Node has for that: the lock on its file is the operating system's, which lets go of it with
 * the process, so that there is no stale lock to judge.
 *
 * @param holder tells who has it, when somebody else does
 */
export async function lockDataFolder(dataDir: string, holder: () => Promise<string>): Promise<Disposable> {
  const file = join(dataDir, 'lock');
  const lock = openLock(file);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error))
      throw new StartError(`${file} cannot be locked: ${describe(error)}.`, { cause: error });
    throw new StartError(`The data folder ${dataDir} is in use by ${await holder()}.`, { cause: error });
  }
  return { [Symbol.dispose]: () => lock.close() };
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 });
  } catch (error) {
    throw new StartError(`${file} cannot be opened: ${describe(error)}.`, { cause: error });
  }
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}
