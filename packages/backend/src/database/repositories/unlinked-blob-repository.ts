import type { EntityManager } from 'typeorm';
import { rows } from './query.ts';

/** Content that lost a version and may have lost its last one: noted by who removed the version. */
export class UnlinkedBlobRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async next(limit: number): Promise<string[]> {
    const noted = await rows<{ id: string }>(
      this.#manager,
      'SELECT blob_id AS id FROM unlinked_blobs ORDER BY blob_id LIMIT $1',
      [limit],
    );
    return noted.map(({ id }) => id);
  }

  /**
   * Forgets blobs, in the transaction that looks at them: what loses a version later is noted anew, since
   * whoever notes it waits for this.
   */
  async forget(blobIds: readonly string[]): Promise<void> {
    await this.#manager.query('DELETE FROM unlinked_blobs WHERE blob_id = ANY($1::uuid[])', [blobIds]);
  }
}
