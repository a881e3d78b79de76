import type { BlobRow, Database } from '@instashare/backend/database';
import type { ObjectStore } from '@instashare/backend/storage';

/**
 * Where encoded content goes. Each attempt has a key of its own: of two workers with one blob, as after a lock that was
 * lost, neither can take away or damage what the other one switched to.
 */
export interface Targets {
  /** The key of a new object, which goes by itself unless the switch to it withdraws that. */
  readonly take: (content: Pick<BlobRow, 'sizeBytes' | 'userId'>) => Promise<string>;
  /** Removes it at once. */
  readonly drop: (key: string) => Promise<void>;
}

/** Far longer than it takes to compress and to read back, however slowly. */
const LIFETIME_MS = 3_600_000;
const LIFETIME_MS_PER_MIB = 4000;
const MIB = 1024 * 1024;

export interface TargetsDependencies {
  readonly database: Database;
  readonly objects: Pick<ObjectStore, 'delete'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

export function createTargets({ database, objects, newId, now }: TargetsDependencies): Targets {
  const { objectDeletions } = database.repositories;
  return {
    async take({ sizeBytes, userId }) {
      const key = `${userId}/${newId()}.zst`;
      const lifetimeMs = LIFETIME_MS + Math.floor(sizeBytes / MIB) * LIFETIME_MS_PER_MIB;
      // Before it is there: what a crash leaves of it goes by itself.
      await objectDeletions.schedule([key], new Date(now().getTime() + lifetimeMs));
      return key;
    },
    async drop(key) {
      await objects.delete(key);
      await objectDeletions.done([key]);
    },
  };
}
