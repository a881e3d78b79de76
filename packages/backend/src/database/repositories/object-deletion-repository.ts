import { type EntityManager, In, MoreThan } from 'typeorm';
import { ObjectDeletionEntity } from '../entities/object-deletion.ts';
import { rows } from './query.ts';

export class ObjectDeletionRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** From `dueAt` on these objects may go. Asked twice for one key, the earlier time holds. */
  async schedule(objectKeys: readonly string[], dueAt: Date): Promise<void> {
    await this.#manager.query(
      `INSERT INTO object_deletions (object_key, due_at) SELECT DISTINCT unnest($1::text[]), $2::timestamptz
       ON CONFLICT (object_key) DO UPDATE SET due_at = least(object_deletions.due_at, excluded.due_at)`,
      [objectKeys, dueAt],
    );
  }

  /** Keys of objects that may go now, those waiting longest first; never one that content still lives in. */
  async due(now: Date, limit: number): Promise<string[]> {
    const due = await rows<{ objectKey: string }>(
      this.#manager,
      `SELECT object_key AS "objectKey" FROM object_deletions AS deletion
       WHERE due_at <= $1 AND NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.object_key = deletion.object_key)
       ORDER BY due_at LIMIT $2`,
      [now, limit],
    );
    return due.map(({ objectKey }) => objectKey);
  }

  /**
   * Keeps an object from being deleted that a deletion is scheduled for. False, and nothing done, when that may
   * begin before `earliest`: it could be too late.
   */
  async withdraw(objectKey: string, earliest: Date): Promise<boolean> {
    const withdrawn = await this.#manager
      .getRepository(ObjectDeletionEntity)
      .delete({ objectKey, dueAt: MoreThan(earliest) });
    return withdrawn.affected === 1;
  }

  /** Forgets keys whose objects are gone. */
  async done(objectKeys: readonly string[]): Promise<void> {
    await this.#manager.getRepository(ObjectDeletionEntity).delete({ objectKey: In([...objectKeys]) });
  }
}
