import { type EntityManager, In, MoreThan } from 'typeorm';
import { IS_NOT_HELD } from '../backup/deletion-hold.ts';
import { ObjectDeletionEntity } from '../entities/object-deletion.ts';
import { row, rows } from './query.ts';

/** Those of the keys $1 that nothing names, strays that are known included; $2 are the blobs, if any, whose compressed form they may become. */
const OWNERLESS = `
  SELECT DISTINCT asked.object_key FROM unnest($1::text[], $2::uuid[]) AS asked (object_key, blob_id)
  WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.object_key = asked.object_key)
    AND NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.id = asked.blob_id AND blobs.status <> 'ready')
    AND NOT EXISTS (SELECT 1 FROM uploads WHERE uploads.object_key = asked.object_key)
    AND NOT EXISTS (SELECT 1 FROM object_deletions d WHERE d.object_key = asked.object_key AND NOT d.is_stray)`;

/** No content lives in the object of this deletion. */
const IS_UNUSED = 'NOT EXISTS (SELECT 1 FROM blobs WHERE blobs.object_key = deletion.object_key)';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `<user>/<blob>.zst` is where workers of versions before write what they compress: then the key names its blob. */
function ownerlessParameters(objectKeys: readonly string[]): [readonly string[], readonly (string | null)[]] {
  const blobIds = objectKeys.map((key) => {
    const name = key.slice(key.lastIndexOf('/') + 1).replace(/\.zst$/, '');
    return UUID.test(name) ? name : null;
  });
  return [objectKeys, blobIds];
}

export interface Ownerless {
  readonly objectKey: string;
  readonly isKnown: boolean;
}

export class ObjectDeletionRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * From `dueAt` on these objects may go. Asked twice for one key, the later time holds: of contents that share an
   * object, the last one to leave has its readers, and its switch that a loss of power may undo, as the first had.
   */
  async schedule(objectKeys: readonly string[], dueAt: Date): Promise<void> {
    await this.#manager.query(
      `INSERT INTO object_deletions (object_key, due_at) SELECT DISTINCT unnest($1::text[]), $2::timestamptz
       ON CONFLICT (object_key) DO UPDATE
         SET due_at = greatest(object_deletions.due_at, excluded.due_at), is_stray = false`,
      [objectKeys, dueAt],
    );
  }

  /**
   * Of these keys those that nothing names: no content, no upload, and no deletion that was asked for. With whether that was
   * found before.
   */
  async findOwnerless(objectKeys: readonly string[]): Promise<Ownerless[]> {
    return rows(
      this.#manager,
      `SELECT found.object_key AS "objectKey",
         EXISTS (SELECT 1 FROM object_deletions d WHERE d.object_key = found.object_key) AS "isKnown"
       FROM (${OWNERLESS}) AS found`,
      ownerlessParameters(objectKeys),
    );
  }

  /** From `dueAt` on those of these objects may go that nothing names. Gives those that might not go by then before. */
  async scheduleOwnerless(objectKeys: readonly string[], dueAt: Date): Promise<string[]> {
    const scheduled = await rows<{ objectKey: string }>(
      this.#manager,
      `INSERT INTO object_deletions (object_key, due_at, is_stray)
       SELECT found.object_key, $3::timestamptz, true FROM (${OWNERLESS}) AS found
       ON CONFLICT (object_key) DO UPDATE SET due_at = excluded.due_at
         WHERE object_deletions.is_stray AND object_deletions.due_at > excluded.due_at
       RETURNING object_key AS "objectKey"`,
      [...ownerlessParameters(objectKeys), dueAt],
    );
    return scheduled.map(({ objectKey }) => objectKey);
  }

  /** Puts off what could not be deleted now, so that others come first. */
  async postpone(objectKeys: readonly string[], dueAt: Date): Promise<void> {
    await this.#manager.query('UPDATE object_deletions SET due_at = $2 WHERE object_key = ANY($1::text[])', [
      objectKeys,
      dueAt,
    ]);
  }

  async countDue(now: Date): Promise<number> {
    const found = await row<{ count: number }>(
      this.#manager,
      `SELECT count(*) FROM object_deletions AS deletion WHERE due_at <= $1 AND ${IS_UNUSED} AND ${IS_NOT_HELD}`,
      [now],
    );
    return found?.count ?? 0;
  }

  /**
   * Keys of objects that may go now, those waiting longest first; never one that content still lives in, and none
   * while a backup is made.
   */
  async due(now: Date, limit: number): Promise<string[]> {
    const due = await rows<{ objectKey: string }>(
      this.#manager,
      `SELECT object_key AS "objectKey" FROM object_deletions AS deletion
       WHERE due_at <= $1 AND ${IS_UNUSED} AND ${IS_NOT_HELD}
       ORDER BY due_at LIMIT $2`,
      [now, limit],
    );
    return due.map(({ objectKey }) => objectKey);
  }

  /**
   * Keeps objects from being deleted that a deletion is scheduled for. False when that may begin for one of them
   * before `earliest`: it could be too late.
   */
  async withdraw(objectKeys: readonly string[], earliest: Date): Promise<boolean> {
    if (objectKeys.length === 0) return true;
    const withdrawn = await this.#manager
      .getRepository(ObjectDeletionEntity)
      .delete({ objectKey: In([...objectKeys]), dueAt: MoreThan(earliest) });
    return withdrawn.affected === objectKeys.length;
  }

  /** Forgets keys whose objects are gone. */
  async done(objectKeys: readonly string[]): Promise<void> {
    await this.#manager.getRepository(ObjectDeletionEntity).delete({ objectKey: In([...objectKeys]) });
  }
}
