import { mkdir, statfs } from 'node:fs/promises';
import { StorageError } from '../../errors/index.ts';
import { hasCode } from './translate-error.ts';

export interface DiskRoom {
  /** Rejects with `storage_full` when `bytes` more would not leave the reserve free. */
  require(bytes: number): Promise<void>;
}

/** So long the disk's answer holds where there is plenty: nothing writes this much meanwhile. */
const HOLDS_MS = 100;
const PLENTY_BYTES = 1024 ** 3;

/**
 * Keeps `reserveBytes` of the disk free: a database that lies on it stops when nothing is left, and so does
 * whatever else the machine does. What others write meanwhile is not known, so who writes much asks again.
 */
export function createDiskRoom(
  root: string,
  options: { readonly reserveBytes: number; readonly freeBytes: (folder: string) => Promise<number> },
): DiskRoom {
  const { reserveBytes, freeBytes } = options;
  let last = { free: 0, askedAtMs: Number.NEGATIVE_INFINITY };
  return {
    async require(bytes) {
      const askedAtMs = performance.now();
      if (askedAtMs - last.askedAtMs < HOLDS_MS && last.free - bytes - reserveBytes >= PLENTY_BYTES) return;
      const free = await freeBytes(root).catch(async (error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error;
        await mkdir(root, { recursive: true, mode: 0o700 });
        return freeBytes(root);
      });
      last = { free, askedAtMs };
      if (free - bytes >= reserveBytes) return;
      throw new StorageError(
        'storage_full',
        `The disk has ${free} bytes left, ${reserveBytes} of them kept back: no room for ${bytes} more`,
      );
    },
  };
}

/** What is free for us on the disk of `folder`. */
export async function freeDiskBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
