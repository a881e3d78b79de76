import type { EntityManager } from 'typeorm';
import { sqlState } from '../driver-error.ts';
import { row, rows } from './query.ts';

const FOREIGN_KEY_VIOLATION = '23503';

/**
 * What is left of deleted accounts, removed in bounded steps. Each is safe to repeat, and a crash between two of them
 * leaves an account that the next sweep goes on with: its row goes last.
 */
export class DeletedAccountRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Accounts that were deleted and are not removed yet, those deleted first. Without those of `except`. */
  async list(limit: number, except: readonly string[] = []): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT id FROM users WHERE deleted_at IS NOT NULL AND NOT id = ANY($2::uuid[])
       ORDER BY deleted_at LIMIT $1`,
      [limit, [...except]],
    );
    return found.map(({ id }) => id);
  }

  async count(): Promise<number> {
    const counted = await row<{ users: number }>(
      this.#manager,
      'SELECT count(*) AS users FROM users WHERE deleted_at IS NOT NULL',
      [],
    );
    return counted?.users ?? 0;
  }

  /** Lets all uploads of the account expire now: they are removed, with their bytes, as expired ones are. */
  async expireUploads(userId: string, now: Date): Promise<void> {
    await this.#manager.query('UPDATE uploads SET expires_at = $2 WHERE user_id = $1 AND expires_at > $2', [
      userId,
      now,
    ]);
  }

  /** Removes up to `limit` files with all their versions, deleted ones too; gives how many. */
  async removeFiles(userId: string, limit: number): Promise<number> {
    // Two halves: each is a range of an index of its own.
    const removed = await rows(
      this.#manager,
      `DELETE FROM files WHERE id IN (
         SELECT id FROM (
           (SELECT id FROM files WHERE user_id = $1 AND deleted_at IS NULL LIMIT $2)
           UNION ALL (SELECT id FROM files WHERE user_id = $1 AND deleted_at IS NOT NULL LIMIT $2)
         ) AS found LIMIT $2
       ) RETURNING id`,
      [userId, limit],
    );
    return removed.length;
  }

  /** Up to `limit` contents of the account. */
  async findBlobs(userId: string, limit: number): Promise<string[]> {
    // Three parts: verified, failed, and what is not settled yet; each is a range of an index of its own.
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT id FROM (
         (SELECT id FROM blobs WHERE user_id = $1 AND verified_at IS NOT NULL LIMIT $2)
         UNION ALL (SELECT id FROM blobs WHERE user_id = $1 AND status = 'failed' LIMIT $2)
         UNION ALL (SELECT id FROM blobs WHERE user_id = $1 AND status = 'stored' AND verified_at IS NULL LIMIT $2)
       ) AS found LIMIT $2`,
      [userId, limit],
    );
    return found.map(({ id }) => id);
  }

  /** Removes up to `limit` rows of the feed and as many of the audit trail; gives how many. */
  async removeHistory(userId: string, limit: number): Promise<number> {
    const changes = await rows(
      this.#manager,
      `DELETE FROM changes WHERE user_id = $1 AND seq IN (
         SELECT seq FROM changes WHERE user_id = $1 ORDER BY seq LIMIT $2
       ) RETURNING seq`,
      [userId, limit],
    );
    const events = await rows(
      this.#manager,
      `DELETE FROM audit_events WHERE id IN (
         SELECT id FROM audit_events WHERE user_id = $1 LIMIT $2
       ) RETURNING id`,
      [userId, limit],
    );
    return changes.length + events.length;
  }

  /** Removes the account's row, and with it what little hangs on it; false while there is still something to see to. */
  async remove(userId: string): Promise<boolean> {
    try {
      const removed = await row(
        this.#manager,
        `DELETE FROM users WHERE id = $1 AND deleted_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM uploads WHERE user_id = $1) RETURNING id`,
        [userId],
      );
      return removed !== null;
    } catch (error) {
      // A request that was under way when the account was deleted has brought one more file.
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return false;
      throw error;
    }
  }
}
