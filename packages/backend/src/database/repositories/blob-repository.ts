import { type EntityManager, In, type Repository } from 'typeorm';
import { BlobEntity, type BlobRow } from '../entities/blob.ts';
import { byteaArray, plainArray, textArray, timeArray } from './array-literal.ts';
import { row, rows } from './query.ts';

/** Content that was just received: its object holds it as it is. */
export type NewBlob = Pick<
  BlobRow,
  'id' | 'sha256' | 'sizeBytes' | 'objectKey' | 'objectOffset' | 'verifiedAt'
>;

export type ReadyBlob = Pick<BlobRow, 'id' | 'objectKey' | 'objectOffset' | 'encoding' | 'storedBytes'>;

const IS_LINKABLE = "verified_at IS NOT NULL AND status IN ('stored', 'ready')";

export class BlobRepository {
  readonly #manager: EntityManager;
  readonly #blobs: Repository<BlobRow>;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#blobs = manager.getRepository(BlobEntity);
  }

  /**
   * Inserts blobs of one user, in the order of their sha256. Gives the ids of those that were inserted: left
   * out is a verified one whose content the user already has verified.
   */
  async insertMany(userId: string, blobs: readonly NewBlob[]): Promise<ReadonlySet<string>> {
    const inserted = await rows<{ id: string }>(
      this.#manager,
      `INSERT INTO blobs
         (id, user_id, sha256, size_bytes, object_key, object_offset, encoding, stored_bytes, status, verified_at)
       SELECT id, $1, sha256, size_bytes, object_key, object_offset, 'identity', size_bytes, 'stored', verified_at
       FROM unnest($2::uuid[], $3::bytea[], $4::bigint[], $5::text[], $6::bigint[], $7::timestamptz[])
         AS blob (id, sha256, size_bytes, object_key, object_offset, verified_at)
       ORDER BY sha256
       ON CONFLICT (user_id, sha256) WHERE verified_at IS NOT NULL DO NOTHING
       RETURNING id`,
      [
        userId,
        plainArray(blobs.map(({ id }) => id)),
        byteaArray(blobs.map(({ sha256 }) => sha256)),
        plainArray(blobs.map(({ sizeBytes }) => sizeBytes)),
        textArray(blobs.map(({ objectKey }) => objectKey)),
        plainArray(blobs.map(({ objectOffset }) => objectOffset)),
        timeArray(blobs.map(({ verifiedAt }) => verifiedAt)),
      ],
    );
    return new Set(inserted.map(({ id }) => id));
  }

  /** The user's verified content with this sha256. */
  async findVerified(userId: string, sha256: string): Promise<{ id: string; sizeBytes: number } | null> {
    return row(
      this.#manager,
      `SELECT id, size_bytes AS "sizeBytes" FROM blobs
       WHERE user_id = $1 AND sha256 = decode($2, 'hex') AND ${IS_LINKABLE}`,
      [userId, sha256],
    );
  }

  /**
   * The user's verified contents with these sha256, by sha256; locked, in the order of sha256, against
   * the sweep, so that they can be linked in this transaction.
   */
  async lockVerified(
    userId: string,
    sha256s: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly id: string; readonly objectKey: string }>> {
    const found = await rows<{ id: string; sha256: string; objectKey: string }>(
      this.#manager,
      `SELECT id, encode(sha256, 'hex') AS sha256, object_key AS "objectKey" FROM blobs
       WHERE user_id = $1 AND sha256 = ANY($2::bytea[]) AND ${IS_LINKABLE}
       ORDER BY blobs.sha256 FOR KEY SHARE`,
      [userId, byteaArray(sha256s)],
    );
    return new Map(found.map(({ sha256, ...blob }) => [sha256, blob]));
  }

  /** Locks content that can be read against the sweep, so that it can be linked in this transaction. */
  async lockReadable(id: string): Promise<boolean> {
    const locked = await row(
      this.#manager,
      "SELECT id FROM blobs WHERE id = $1 AND status IN ('stored', 'ready') FOR KEY SHARE",
      [id],
    );
    return locked !== null;
  }

  find(id: string): Promise<BlobRow | null> {
    return this.#blobs.findOneBy({ id });
  }

  findMany(ids: readonly string[]): Promise<BlobRow[]> {
    return this.#blobs.findBy({ id: In([...ids]) });
  }

  /**
   * The rows as they are now, locked until the transaction ends; in the order of ids, so that two who lock the
   * same ones do not wait for each other.
   */
  async lockMany(ids: readonly string[]): Promise<BlobRow[]> {
    return this.#blobs.find({
      where: { id: In([...ids]) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** The worker has verified these contents, and they now are at these places. */
  async markReady(blobs: readonly ReadyBlob[], now: Date): Promise<void> {
    await this.#manager.query(
      `UPDATE blobs SET status = 'ready', object_key = ready.object_key, object_offset = ready.object_offset,
         encoding = ready.encoding, stored_bytes = ready.stored_bytes, verified_at = coalesce(verified_at, $1)
       FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[])
         AS ready (id, object_key, object_offset, encoding, stored_bytes)
       WHERE blobs.id = ready.id`,
      [
        now,
        plainArray(blobs.map(({ id }) => id)),
        textArray(blobs.map(({ objectKey }) => objectKey)),
        plainArray(blobs.map(({ objectOffset }) => objectOffset)),
        plainArray(blobs.map(({ encoding }) => encoding)),
        plainArray(blobs.map(({ storedBytes }) => storedBytes)),
      ],
    );
  }

  /**
   * Marks content as failed whose objects are gone, and gives the ids of what was marked: content that is
   * somewhere else by now is not.
   */
  async failMissing(
    missing: readonly { readonly id: string; readonly objectKey: string }[],
    failure: string,
  ): Promise<string[]> {
    const failed = await rows<{ id: string }>(
      this.#manager,
      `UPDATE blobs SET status = 'failed', failure = $3, verified_at = NULL
       FROM unnest($1::uuid[], $2::text[]) AS missing (id, object_key)
       WHERE blobs.id = missing.id AND blobs.object_key = missing.object_key AND status IN ('stored', 'ready')
       RETURNING blobs.id`,
      [missing.map(({ id }) => id), missing.map(({ objectKey }) => objectKey), failure],
    );
    return failed.map(({ id }) => id);
  }

  /** The next `limit` blobs after `afterId` (null: from the first) that were made before `before` and have content. */
  async findPlaced(
    afterId: string | null,
    { before, limit }: { readonly before: Date; readonly limit: number },
  ): Promise<{ id: string; objectKey: string }[]> {
    return rows(
      this.#manager,
      `SELECT id, object_key AS "objectKey" FROM blobs
       WHERE ($1::uuid IS NULL OR id > $1) AND status IN ('stored', 'ready') AND created_at < $2
       ORDER BY id LIMIT $3`,
      [afterId, before, limit],
    );
  }

  /** The content is not what it should be, or could not be worked on; the object stays where it is. */
  async markFailed(id: string, failure: string): Promise<void> {
    await this.#manager.query(
      "UPDATE blobs SET status = 'failed', failure = $2, verified_at = NULL WHERE id = $1 AND status = 'stored'",
      [id, failure],
    );
  }

  /**
   * Gives failed content another try; null, and nothing changed, when it is not failed. What it fails for then
   * is found anew.
   */
  async retryFailed(id: string, now: Date): Promise<{ id: string; sizeBytes: number } | null> {
    return row(
      this.#manager,
      `UPDATE blobs SET status = 'stored', failure = NULL, enqueued_at = $2
       WHERE id = $1 AND status = 'failed' RETURNING id, size_bytes AS "sizeBytes"`,
      [id, now],
    );
  }

  /** Points every version of `id` at `targetId`, which holds the same content. */
  async repointVersions(id: string, targetId: string): Promise<void> {
    await this.#manager.query('UPDATE file_versions SET blob_id = $2 WHERE blob_id = $1', [id, targetId]);
  }

  /**
   * Points versions of failed content to where the same content is verified, where either is one of `ids`, and
   * notes what they leave for the sweep. Gives the ids of the verified ones.
   */
  async repointFailed(ids: readonly string[]): Promise<string[]> {
    const repointed = await rows<{ id: string }>(
      this.#manager,
      `WITH repointed AS (
         UPDATE file_versions SET blob_id = good.id
         FROM blobs failed JOIN blobs good
           ON good.user_id = failed.user_id AND good.sha256 = failed.sha256
             AND good.verified_at IS NOT NULL AND good.status IN ('stored', 'ready')
         WHERE file_versions.blob_id = failed.id AND failed.status = 'failed'
           AND (failed.id = ANY($1::uuid[]) OR good.id = ANY($1::uuid[]))
         RETURNING good.id, failed.id AS failed_id
       ), noted AS (
         INSERT INTO unlinked_blobs (blob_id) SELECT DISTINCT failed_id FROM repointed
         ON CONFLICT (blob_id) DO NOTHING
       )
       SELECT DISTINCT id FROM repointed`,
      [ids],
    );
    return repointed.map(({ id }) => id);
  }

  async remove(id: string): Promise<void> {
    await this.#blobs.delete({ id });
  }

  async removeMany(ids: readonly string[]): Promise<void> {
    await this.#manager.query('DELETE FROM blobs WHERE id = ANY($1::uuid[])', [ids]);
  }

  /**
   * Looks at the next `limit` blobs after `afterId` (null: from the first) for such that no version points at.
   * `lastId` is where to go on; null when these were the last ones.
   */
  async findUnlinked(
    afterId: string | null,
    limit: number,
  ): Promise<{ readonly lastId: string | null; readonly unlinkedIds: readonly string[] }> {
    const page = await row<{ lastId: string | null; unlinkedIds: string[] }>(
      this.#manager,
      `WITH page AS (
         SELECT id FROM blobs WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2
       )
       SELECT (SELECT id FROM page ORDER BY id OFFSET $2 - 1 LIMIT 1) AS "lastId",
              ARRAY(
                SELECT id FROM page WHERE NOT EXISTS (SELECT 1 FROM file_versions v WHERE v.blob_id = page.id)
              ) AS "unlinkedIds"`,
      [afterId, limit],
    );
    return page ?? { lastId: null, unlinkedIds: [] };
  }

  /**
   * Of these blobs those that no version points at, as of now. Asked with their rows locked it stays so until
   * the transaction ends, since whoever links a blob locks it first.
   */
  async stillUnlinked(ids: readonly string[]): Promise<string[]> {
    const unlinked = await rows<{ id: string }>(
      this.#manager,
      `SELECT id FROM unnest($1::uuid[]) AS asked (id)
       WHERE NOT EXISTS (SELECT 1 FROM file_versions v WHERE v.blob_id = asked.id)`,
      [ids],
    );
    return unlinked.map(({ id }) => id);
  }

  /** How many stored blobs {@link takeOverdue} would find. */
  async countOverdue(before: Date, except: readonly string[]): Promise<number> {
    const found = await row<{ count: number }>(
      this.#manager,
      `SELECT count(*) FROM blobs WHERE status = 'stored' AND enqueued_at < $1 AND id <> ALL($2::uuid[])`,
      [before, except],
    );
    return found?.count ?? 0;
  }

  /**
   * Takes up to `limit` stored blobs for which no job was asked since `before`, notes that one is asked for
   * now, and gives them. `except` are being worked on. Several sweeps at once get different ones.
   */
  async takeOverdue(
    before: Date,
    taken: { readonly now: Date; readonly limit: number; readonly except: readonly string[] },
  ): Promise<{ id: string; sizeBytes: number }[]> {
    return rows(
      this.#manager,
      `UPDATE blobs SET enqueued_at = $2
       WHERE id IN (
         SELECT id FROM blobs
         WHERE status = 'stored' AND enqueued_at < $1 AND id <> ALL($4::uuid[])
         ORDER BY enqueued_at LIMIT $3 FOR UPDATE SKIP LOCKED
       )
       RETURNING id, size_bytes AS "sizeBytes"`,
      [before, taken.now, taken.limit, taken.except],
    );
  }
}
