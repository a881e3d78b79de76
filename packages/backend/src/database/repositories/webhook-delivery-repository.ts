import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

export interface WebhookDeliveryRow {
  readonly id: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  /** How many. */
  readonly events: number;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What is to be sent, and where to. */
export interface DueDelivery {
  readonly webhookId: string;
  readonly url: string;
  readonly events: unknown;
  /** Another one once it was tried, given up, or asked for again. */
  readonly revision: string;
}

export interface Attempt {
  readonly id: string;
  /** What was sent. */
  readonly revision: string;
  readonly state: WebhookDeliveryRow['state'];
  readonly status: number | null;
  readonly error: string | null;
  readonly now: Date;
}

const COLUMNS = `d.id, d.state, jsonb_array_length(d.events) AS events, d.attempts, d.last_status AS "lastStatus",
  d.last_error AS "lastError", d.created_at AS "createdAt", d.updated_at AS "updatedAt"`;
const REVISION = `d.attempts || ' ' || extract(epoch FROM d.updated_at)`;
/** Of webhooks that are in use. */
const IN_USE = 'JOIN webhooks w ON w.id = d.webhook_id AND w.disabled_at IS NULL';

export class WebhookDeliveryRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(delivery: {
    readonly id: string;
    readonly webhookId: string;
    readonly events: readonly unknown[];
    readonly now: Date;
  }): Promise<void> {
    await this.#manager.query(
      `INSERT INTO webhook_deliveries (id, webhook_id, events, state, created_at, updated_at)
       VALUES ($1, $2, $3, 'pending', $4, $4)`,
      [delivery.id, delivery.webhookId, JSON.stringify(delivery.events), delivery.now],
    );
  }

  /** null when it is not to be sent: it was, it was given up, or its webhook is gone or disabled. */
  findDue(id: string): Promise<DueDelivery | null> {
    const sql = `SELECT d.webhook_id AS "webhookId", w.url, d.events, ${REVISION} AS revision
      FROM webhook_deliveries d ${IN_USE}
      WHERE d.id = $1 AND d.state = 'pending'`;
    return row(this.#manager, sql, [id]);
  }

  /** False, and nothing is written down, when it was asked for again meanwhile, or is over. */
  async record({ id, revision, state, status, error, now }: Attempt): Promise<boolean> {
    const recorded = await row(
      this.#manager,
      `UPDATE webhook_deliveries d
       SET state = $2, attempts = d.attempts + 1, last_status = $3, last_error = $4, updated_at = $5
       WHERE d.id = $1 AND d.state = 'pending' AND ${REVISION} = $6 RETURNING 1`,
      [id, state, status, error, now, revision],
    );
    return recorded !== null;
  }

  /** Gives up all that are to be sent to a webhook, or to be sent again. Returns how many. */
  async giveUp(webhookId: string, { error, now }: Pick<Attempt, 'error' | 'now'>): Promise<number> {
    const givenUp = await rows(
      this.#manager,
      `UPDATE webhook_deliveries SET state = 'failed', last_error = $2, updated_at = $3
       WHERE webhook_id = $1 AND state = 'pending' RETURNING 1`,
      [webhookId, error, now],
    );
    return givenUp.length;
  }

  /** A page of what a webhook was, or is to be, sent: the newest first, those made before `beforeId`. */
  list(
    webhookId: string,
    { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
  ): Promise<WebhookDeliveryRow[]> {
    return rows(
      this.#manager,
      `SELECT ${COLUMNS} FROM webhook_deliveries d
       WHERE d.webhook_id = $1 AND ($2::uuid IS NULL OR d.id < $2) ORDER BY d.id DESC LIMIT $3`,
      [webhookId, beforeId, limit],
    );
  }

  /** Has it sent anew, whatever came of it; null when there is no such delivery of this webhook. */
  sendAgain(webhookId: string, id: string, now: Date): Promise<WebhookDeliveryRow | null> {
    return row(
      this.#manager,
      `UPDATE webhook_deliveries d SET state = 'pending', attempts = 0, updated_at = $3
       WHERE d.id = $2 AND d.webhook_id = $1 RETURNING ${COLUMNS}`,
      [webhookId, id, now],
    );
  }

  /** Those behind `after` that should have been tried before `firstTryBefore`, or again before `nextTryBefore`; by id. */
  async findOverdue(
    { firstTryBefore, nextTryBefore }: { readonly firstTryBefore: Date; readonly nextTryBefore: Date },
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT d.id FROM webhook_deliveries d ${IN_USE}
       WHERE d.state = 'pending' AND d.updated_at < CASE WHEN d.attempts = 0 THEN $1 ELSE $2 END::timestamptz
         AND ($4::uuid IS NULL OR d.id > $4)
       ORDER BY d.id LIMIT $3`,
      [firstTryBefore, nextTryBefore, limit, after],
    );
    return found.map(({ id }) => id);
  }

  async countOlder(before: Date): Promise<number> {
    const sql = `SELECT count(*) AS deliveries FROM webhook_deliveries WHERE state <> 'pending' AND updated_at < $1`;
    return (await row<{ deliveries: number }>(this.#manager, sql, [before]))?.deliveries ?? 0;
  }

  /** Removes the oldest of those that are over. Returns how many. */
  async removeOlder(before: Date, limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM webhook_deliveries WHERE id IN (
         SELECT id FROM webhook_deliveries WHERE state <> 'pending' AND updated_at < $1
         ORDER BY updated_at LIMIT $2
       ) RETURNING 1`,
      [before, limit],
    );
    return removed.length;
  }
}
