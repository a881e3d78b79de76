import type { FileHandle } from 'node:fs/promises';

/**
 * The disk starts on what came so far each time this much has come, so that little is left to wait for when
 * the body ends. Nothing waits for these.
 */
const EARLY_SYNC_BYTES = 32 * 1024 * 1024;

/** What could not be brought to the disk. */
export interface SyncFailure {
  readonly cause: unknown;
}

/**
 * Keeps the disk busy behind the writes. The system tells only once of a write that did not get to the disk: a failure
 * here is as bad as one of the sync at the end, which would know nothing of it.
 */
export function createEarlySync(handle: Pick<FileHandle, 'datasync'>) {
  let unsyncedBytes = 0;
  let syncing: Promise<void> | null = null;
  let failure: SyncFailure | null = null;

  const sync = async (): Promise<void> => {
    try {
      await handle.datasync();
    } catch (cause) {
      failure ??= { cause };
    }
    syncing = null;
  };

  return {
    note(writtenBytes: number): void {
      unsyncedBytes += writtenBytes;
      if (unsyncedBytes < EARLY_SYNC_BYTES || syncing !== null) return;
      unsyncedBytes = 0;
      syncing = sync();
    },
    /** Resolves when the handle is not in use any more, with what failed. */
    async settle(): Promise<SyncFailure | null> {
      await syncing;
      return failure;
    },
  };
}
