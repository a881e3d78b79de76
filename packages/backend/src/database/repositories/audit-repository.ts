import { AUDIT_KINDS, type AuditDetails, type AuditKind } from '@instashare/contracts';
import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

export interface AuditEventRow {
  readonly id: string;
  readonly kind: AuditKind;
  readonly createdAt: Date;
  readonly address: string | null;
  /** What the session's device or the token was called. */
  readonly device: string | null;
  readonly userAgent: string | null;
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  readonly details: AuditDetails;
}

export type NewAuditEvent = Omit<AuditEventRow, 'device'> & {
  /** null: of nobody's account. */
  readonly userId: string | null;
};

/** What happened to each account. Rows are only ever added, and removed when they are old. */
export class AuditRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(event: NewAuditEvent): Promise<void> {
    const { id, userId, kind, address, userAgent, sessionId, tokenId, details, createdAt } = event;
    await this.#manager.query(
      `INSERT INTO audit_events
         (id, user_id, kind, address, user_agent, session_id, token_id, details, created_at, device)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(
         (SELECT device_name FROM sessions WHERE id = $6),
         (SELECT name FROM personal_access_tokens WHERE id = $7)
       ))`,
      [id, userId, kind, address, userAgent, sessionId, tokenId, JSON.stringify(details), createdAt],
    );
  }

  /**
   * A page of what happened to an account, the newest first, what happened before `beforeId`. What a newer version of this
   * program has written down, while processes of both run, is for that to tell.
   */
  list(
    userId: string,
    { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
  ): Promise<AuditEventRow[]> {
    return rows(
      this.#manager,
      `SELECT id, kind, created_at AS "createdAt", address, device, user_agent AS "userAgent",
              session_id AS "sessionId", token_id AS "tokenId", details
       FROM audit_events WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) AND kind = ANY($4)
       ORDER BY id DESC LIMIT $3`,
      [userId, beforeId, limit, Object.keys(AUDIT_KINDS)],
    );
  }

  async countOlder(before: Date): Promise<number> {
    const counted = await row<{ events: number }>(
      this.#manager,
      'SELECT count(*) AS events FROM audit_events WHERE created_at < $1',
      [before],
    );
    return counted?.events ?? 0;
  }

  /** Removes up to `limit` events from before `before`, the oldest first; gives how many. */
  async removeOlder(before: Date, limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM audit_events WHERE id IN (
         SELECT id FROM audit_events WHERE created_at < $1 ORDER BY created_at LIMIT $2
       ) RETURNING id`,
      [before, limit],
    );
    return removed.length;
  }
}
