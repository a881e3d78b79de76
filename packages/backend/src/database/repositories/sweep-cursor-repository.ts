import type { EntityManager } from 'typeorm';
import { row } from './query.ts';

/** How far the sweeps have come that go through everything part by part, so that the next one goes on there. */
export class SweepCursorRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** null: from the first. */
  async find(name: string): Promise<string | null> {
    const found = await row<{ cursor: string | null }>(
      this.#manager,
      'SELECT cursor FROM sweep_cursors WHERE name = $1',
      [name],
    );
    return found?.cursor ?? null;
  }

  async save(name: string, cursor: string | null, now: Date): Promise<void> {
    await this.#manager.query(
      `INSERT INTO sweep_cursors (name, cursor, updated_at) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at`,
      [name, cursor, now],
    );
  }

  /**
   * True for one of all who ask, once in `intervalMs`. What was claimed more than that ahead was claimed by a clock that
   * has been set back since; less may be the clock of another process, or a claim that overtook this one.
   */
  async claimTurn(name: string, now: Date, intervalMs: number): Promise<boolean> {
    const claimed = await row(
      this.#manager,
      `INSERT INTO sweep_cursors (name, updated_at) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at
         WHERE sweep_cursors.updated_at <= $3 OR sweep_cursors.updated_at > $4
       RETURNING name`,
      [name, now, new Date(now.getTime() - intervalMs), new Date(now.getTime() + intervalMs)],
    );
    return claimed !== null;
  }
}
