import type { FileStatus } from '@instashare/contracts';
import type { EntityManager } from 'typeorm';
import { plainArray } from './array-literal.ts';
import { USES_OF_BLOBS } from './file-columns.ts';
import { row, rows } from './query.ts';

export interface StatusTotal {
  readonly status: FileStatus;
  readonly files: number;
  readonly sizeBytes: number;
  /** In the object store: content that several files share counts once. */
  readonly storedBytes: number;
}

/** An account whose booked bytes are not those it uses. */
export interface Miscount {
  readonly userId: string;
  readonly bookedBytes: number;
  readonly countedBytes: number;
}

/** Of users `u`: content once, and what open uploads have reserved. */
const COUNTED = `
  SELECT u.id AS "userId", u.used_bytes AS "bookedBytes",
         (coalesce(content.bytes, 0) + coalesce(reserved.bytes, 0))::bigint AS "countedBytes"
  FROM u
  LEFT JOIN (
    SELECT user_id, sum(size_bytes) AS bytes FROM blobs WHERE user_id IN (SELECT id FROM u) GROUP BY user_id
  ) content ON content.user_id = u.id
  LEFT JOIN (
    SELECT user_id, sum(reserved_bytes) AS bytes FROM uploads
    WHERE state = 'pending' AND user_id IN (SELECT id FROM u) GROUP BY user_id
  ) reserved ON reserved.user_id = u.id`;

/** What an account holds, summed over the current versions of its files. */
export class UsageRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** By the state of the content. In one pass: it reads all that an account has. */
  totals(userId: string): Promise<StatusTotal[]> {
    return rows(
      this.#manager,
      `WITH content AS (
         SELECT v.blob_id, count(*) AS files
         FROM files f JOIN file_versions v ON v.id = f.current_version_id
         WHERE f.user_id = $1 AND f.deleted_at IS NULL
         GROUP BY v.blob_id
       )
       SELECT b.status, sum(content.files)::bigint AS files, sum(content.files * b.size_bytes)::bigint AS "sizeBytes",
              sum(b.stored_bytes)::bigint AS "storedBytes"
       FROM content JOIN blobs b ON b.id = content.blob_id
       GROUP BY b.status`,
      [userId],
    );
  }

  /** What the trash holds. */
  async trash(userId: string): Promise<{ files: number; sizeBytes: number }> {
    const trash = await row<{ files: number; sizeBytes: number }>(
      this.#manager,
      `SELECT count(*) AS files, coalesce(sum(b.size_bytes), 0)::bigint AS "sizeBytes"
       FROM files f JOIN file_versions v ON v.id = f.current_version_id JOIN blobs b ON b.id = v.blob_id
       WHERE f.user_id = $1 AND f.deleted_at IS NOT NULL`,
      [userId],
    );
    return trash ?? { files: 0, sizeBytes: 0 };
  }

  /**
   * Counts again for the next `limit` users after `afterId` (null: from the first). One statement, so one
   * snapshot: whatever is under way has done all of its changes there, or none. `lastId` is where to go on;
   * null when these were the last ones.
   */
  async findMiscounts(
    afterId: string | null,
    limit: number,
  ): Promise<{ readonly lastId: string | null; readonly miscounts: readonly Miscount[] }> {
    const counted = await rows<Miscount>(
      this.#manager,
      `WITH u AS (
         SELECT id, used_bytes FROM users WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2
       )
       ${COUNTED} ORDER BY u.id`,
      [afterId, limit],
    );
    return {
      lastId: counted.length === limit ? (counted.at(-1)?.userId ?? null) : null,
      miscounts: counted.filter(({ bookedBytes, countedBytes }) => bookedBytes !== countedBytes),
    };
  }

  /**
   * Books what is counted now; null when that is what was booked. In a transaction: whoever changes what a user
   * has books it in the user's row before they commit, so with the row locked nothing is counted by halves.
   */
  async correct(userId: string): Promise<Miscount | null> {
    await this.#manager.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    return row(
      this.#manager,
      `WITH u AS (SELECT id, used_bytes FROM users WHERE id = $1), counted AS (${COUNTED})
       UPDATE users SET used_bytes = counted."countedBytes" FROM counted
       WHERE users.id = counted."userId" AND counted."bookedBytes" <> counted."countedBytes"
       RETURNING counted.*`,
      [userId],
    );
  }

  /**
   * Of the given blobs the largest ones of this user that are to be compressed, each by the path of one file it is the
   * content of.
   */
  largestStored(
    userId: string,
    blobIds: readonly string[],
    limit: number,
  ): Promise<{ blobId: string; path: string; sizeBytes: number }[]> {
    return rows(
      this.#manager,
      `WITH given AS (
         SELECT * FROM blobs WHERE id = ANY($2::uuid[]) OFFSET 0
       ), largest AS (
         SELECT id, size_bytes FROM given WHERE user_id = $1 AND status = 'stored' ORDER BY size_bytes DESC LIMIT $3
       )
       SELECT b.id AS "blobId", min(f.path) AS path, b.size_bytes AS "sizeBytes"
       FROM largest b ${USES_OF_BLOBS}
       WHERE f.deleted_at IS NULL
       GROUP BY b.id, b.size_bytes
       ORDER BY b.size_bytes DESC`,
      [userId, plainArray(blobIds), limit],
    );
  }
}
