import type { EntityManager } from 'typeorm';
import { row } from './query.ts';

/** What this database knows of itself and of the store that belongs to it. */
export interface InstanceRow {
  readonly id: string;
  /**
   * The store was marked as this database's before, and has content since: a store without the mark is another
   * one, or is not there.
   */
  readonly expectsMark: boolean;
}

/** Who this database is. */
export class InstanceRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** What the database's clock says. */
  async clock(): Promise<Date> {
    const found = await row<{ now: Date }>(this.#manager, 'SELECT clock_timestamp() AS now', []);
    if (found === null) throw new Error('a SELECT without FROM gives one row');
    return found.now;
  }

  async find(): Promise<InstanceRow> {
    const found = await row<InstanceRow>(
      this.#manager,
      `SELECT id, store_marked_at IS NOT NULL AND EXISTS (SELECT 1 FROM blobs) AS "expectsMark" FROM instance`,
      [],
    );
    if (found === null) throw new Error('The database does not say who it is: its row in "instance" is gone');
    return found;
  }

  /** The store carries the mark from now on. */
  async noteMark(now: Date): Promise<void> {
    await this.#manager.query('UPDATE instance SET store_marked_at = $1 WHERE store_marked_at IS NULL', [
      now,
    ]);
  }
}
