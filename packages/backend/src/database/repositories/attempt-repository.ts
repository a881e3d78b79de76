import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

export interface CountedAttempts {
  /** In hexadecimal. */
  readonly key: string;
  /** Of this window, the one just counted among them. */
  readonly count: number;
  readonly resetsInSeconds: number;
}

/** Counts of a window of time that all processes share. The clock is the database's: those of processes differ. */
export class AttemptRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Counts one for each key (32 bytes in hexadecimal); exact however many count at once. */
  count(keys: readonly string[], windowSeconds: number): Promise<CountedAttempts[]> {
    return rows(
      this.#manager,
      `INSERT INTO attempts (key, count, resets_at)
       SELECT decode(key, 'hex'), 1, now() + make_interval(secs => $2) FROM unnest($1::text[]) AS asked (key)
       ORDER BY key
       ON CONFLICT (key) DO UPDATE SET
         count = CASE WHEN attempts.resets_at <= now() THEN 1 ELSE attempts.count + 1 END,
         resets_at = CASE WHEN attempts.resets_at <= now() THEN excluded.resets_at ELSE attempts.resets_at END
       RETURNING encode(key, 'hex') AS key, count,
         ceil(extract(epoch FROM resets_at - now()))::integer AS "resetsInSeconds"`,
      [keys, windowSeconds],
    );
  }

  /** Forgets what was counted for a key. */
  async forget(key: string): Promise<void> {
    await this.#manager.query("DELETE FROM attempts WHERE key = decode($1, 'hex')", [key]);
  }

  async countOver(): Promise<number> {
    const counted = await row<{ keys: number }>(
      this.#manager,
      'SELECT count(*) AS keys FROM attempts WHERE resets_at <= now()',
      [],
    );
    return counted?.keys ?? 0;
  }

  /** Removes up to `limit` counts whose window is over; gives how many. */
  async removeOver(limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM attempts WHERE key IN (
         SELECT key FROM attempts WHERE resets_at <= now() ORDER BY resets_at LIMIT $1 FOR UPDATE SKIP LOCKED
       ) RETURNING key`,
      [limit],
    );
    return removed.length;
  }
}
