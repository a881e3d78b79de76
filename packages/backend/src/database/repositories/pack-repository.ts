import { type EntityManager, In } from 'typeorm';
import { BlobEntity, type BlobRow } from '../entities/blob.ts';
import { rows } from './query.ts';

/** What is in use of an object that contents share. */
export interface PackUse {
  readonly objectKey: string;
  readonly userId: string;
  readonly blobs: number;
  readonly storedBytes: number;
}

/** Contents by the objects that they share. */
export class PackRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Of these objects those that hold contents side by side, all of which are verified and settled. */
  async findSettled(objectKeys: readonly string[]): Promise<PackUse[]> {
    return rows(
      this.#manager,
      `SELECT object_key AS "objectKey", user_id AS "userId", count(*) AS blobs,
         sum(stored_bytes)::bigint AS "storedBytes"
       FROM blobs WHERE object_key = ANY($1::text[]) GROUP BY object_key, user_id
       HAVING bool_and(object_offset IS NOT NULL AND status = 'ready')`,
      [objectKeys],
    );
  }

  /** All that lies in these objects. */
  blobsIn(objectKeys: readonly string[]): Promise<BlobRow[]> {
    return this.#manager.getRepository(BlobEntity).findBy({ objectKey: In([...objectKeys]) });
  }
}
