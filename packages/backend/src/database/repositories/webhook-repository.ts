import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

export interface WebhookRow {
  readonly id: string;
  readonly userId: string;
  readonly url: string;
  readonly pathPrefix: string;
  /** Every change up to there is in a delivery, or none of its business. */
  readonly seq: number;
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

const COLUMNS = `id, user_id AS "userId", url, path_prefix AS "pathPrefix", seq, failing_since AS "failingSince",
  disabled_at AS "disabledAt", created_at AS "createdAt"`;

export class WebhookRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(webhook: Omit<WebhookRow, 'failingSince' | 'disabledAt'>): Promise<void> {
    const { id, userId, url, pathPrefix, seq, createdAt } = webhook;
    await this.#manager.query(
      'INSERT INTO webhooks (id, user_id, url, path_prefix, seq, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, userId, url, pathPrefix, seq, createdAt],
    );
  }

  async count(userId: string): Promise<number> {
    const sql = 'SELECT count(*) AS webhooks FROM webhooks WHERE user_id = $1';
    return (await row<{ webhooks: number }>(this.#manager, sql, [userId]))?.webhooks ?? 0;
  }

  find(userId: string, id: string): Promise<WebhookRow | null> {
    const sql = `SELECT ${COLUMNS} FROM webhooks WHERE id = $2 AND user_id = $1`;
    return row(this.#manager, sql, [userId, id]);
  }

  /** A page of a user's webhooks, the newest first, those made before `beforeId`. */
  list(
    userId: string,
    { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
  ): Promise<WebhookRow[]> {
    return rows(
      this.#manager,
      `SELECT ${COLUMNS} FROM webhooks
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [userId, beforeId, limit],
    );
  }

  /** Those in use that have not been told of everything; of these users only, or of all. */
  async findBehind(userIds: readonly string[] | null, limit: number): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT w.id FROM webhooks w JOIN users u ON u.id = w.user_id
       WHERE w.disabled_at IS NULL AND u.change_seq > w.seq AND ($1::uuid[] IS NULL OR w.user_id = ANY ($1))
       LIMIT $2`,
      [userIds === null ? null : [...userIds], limit],
    );
    return found.map(({ id }) => id);
  }

  /** Locks one of this user's, in use or not; null when it is gone. */
  lockOwn(userId: string, id: string): Promise<WebhookRow | null> {
    const sql = `SELECT ${COLUMNS} FROM webhooks WHERE id = $2 AND user_id = $1 FOR UPDATE`;
    return row(this.#manager, sql, [userId, id]);
  }

  /** Locks one in use; null when it is gone, disabled, or in another's hands. */
  lock(id: string): Promise<WebhookRow | null> {
    const sql = `SELECT ${COLUMNS} FROM webhooks WHERE id = $1 AND disabled_at IS NULL FOR UPDATE SKIP LOCKED`;
    return row(this.#manager, sql, [id]);
  }

  async advance(id: string, seq: number): Promise<void> {
    await this.#manager.query('UPDATE webhooks SET seq = $2 WHERE id = $1', [id, seq]);
  }

  async succeeded(id: string): Promise<void> {
    const sql =
      'UPDATE webhooks SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL AND disabled_at IS NULL';
    await this.#manager.query(sql, [id]);
  }

  /** Disables it when it has failed since before `disableBefore`; gives it when this did. */
  async failed(id: string, now: Date, disableBefore: Date): Promise<WebhookRow | null> {
    const failed = await row<WebhookRow>(
      this.#manager,
      `UPDATE webhooks SET failing_since = coalesce(failing_since, $2),
         disabled_at = CASE WHEN failing_since < $3 THEN $2::timestamptz END
       WHERE id = $1 AND disabled_at IS NULL RETURNING ${COLUMNS}`,
      [id, now, disableBefore],
    );
    return failed === null || failed.disabledAt === null ? null : failed;
  }

  /** Puts one in use again; null when there is none of this user. */
  enable(userId: string, id: string): Promise<WebhookRow | null> {
    const sql = `UPDATE webhooks SET failing_since = NULL, disabled_at = NULL
      WHERE id = $2 AND user_id = $1 RETURNING ${COLUMNS}`;
    return row(this.#manager, sql, [userId, id]);
  }

  /** Removes it with its deliveries; null when there is none of this user. */
  remove(userId: string, id: string): Promise<WebhookRow | null> {
    const sql = `DELETE FROM webhooks WHERE id = $2 AND user_id = $1 RETURNING ${COLUMNS}`;
    return row(this.#manager, sql, [userId, id]);
  }

  async removeAll(userId: string): Promise<void> {
    await this.#manager.query('DELETE FROM webhooks WHERE user_id = $1', [userId]);
  }
}
