import type { FileStatus } from '@instashare/contracts';
import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

export interface StatusTotal {
  readonly status: FileStatus;
  readonly files: number;
  readonly sizeBytes: number;
}

/** What an account holds, summed over the current versions of its files. */
export class UsageRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  totals(userId: string): Promise<StatusTotal[]> {
    return rows(
      this.#manager,
      `SELECT b.status, count(*) AS files, sum(b.size_bytes)::bigint AS "sizeBytes"
       FROM files f JOIN file_versions v ON v.id = f.current_version_id JOIN blobs b ON b.id = v.blob_id
       WHERE f.user_id = $1 AND f.deleted_at IS NULL
       GROUP BY b.status`,
      [userId],
    );
  }

  /** Bytes in the object store, content that several files share counted once. */
  async storedBytes(userId: string): Promise<number> {
    const total = await row<{ storedBytes: number }>(
      this.#manager,
      `SELECT coalesce(sum(stored_bytes), 0)::bigint AS "storedBytes" FROM blobs
       WHERE id IN (
         SELECT v.blob_id FROM files f JOIN file_versions v ON v.id = f.current_version_id
         WHERE f.user_id = $1 AND f.deleted_at IS NULL
       )`,
      [userId],
    );
    return total?.storedBytes ?? 0;
  }

  /** Of the given blobs those of this user, each by the path of one file it is the content of. */
  pathsOf(
    userId: string,
    blobIds: readonly string[],
  ): Promise<{ blobId: string; path: string; sizeBytes: number }[]> {
    return rows(
      this.#manager,
      `SELECT DISTINCT ON (b.id) b.id AS "blobId", f.path, b.size_bytes AS "sizeBytes"
       FROM blobs b JOIN file_versions v ON v.blob_id = b.id JOIN files f ON f.current_version_id = v.id
       WHERE b.id = ANY($2::uuid[]) AND b.user_id = $1 AND f.deleted_at IS NULL AND b.status = 'stored'
       ORDER BY b.id, f.path`,
      [userId, blobIds],
    );
  }
}
