import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { createBoundedMap } from './bounded-map.ts';

/** The SHA-256 of the first `bytes` bytes of a session. */
interface Known {
  readonly hash: Hash;
  readonly bytes: number;
}

/** Sessions whose running hash is kept; one that is forgotten ends with an unknown hash, nothing worse. */
const MAX_KNOWN_SESSIONS = 10_000;

/** What this process knows of the bytes of sessions. A file that another process changed since is not known. */
export function createSessionHashes() {
  const known = createBoundedMap<Known & { readonly changedAt: bigint }>(MAX_KNOWN_SESSIONS);
  return {
    /** A hash to go on with after the first `bytes` bytes; null when this process did not see all of them. */
    async upTo(key: string, handle: FileHandle, bytes: number): Promise<Hash | null> {
      if (bytes === 0) return createHash('sha256');
      const found = known.get(key);
      const isOurs = found?.bytes === bytes && found.changedAt === (await changedAt(handle));
      return isOurs ? found.hash.copy() : null;
    },
    /** Notes what is in the file now; null: it is not known, or not for sure. */
    async note(key: string, handle: FileHandle, now: Known | null): Promise<void> {
      if (now === null) known.delete(key);
      else known.set(key, { ...now, changedAt: await changedAt(handle) });
    },
    forget: (key: string) => known.delete(key),
  };
}

async function changedAt(handle: FileHandle): Promise<bigint> {
  return (await handle.stat({ bigint: true })).ctimeNs;
}
