import type { EntityManager } from 'typeorm';
import { CONTENT_COLUMNS, type ContentColumns } from './content-columns.ts';
import { row, rows } from './query.ts';

/** A version of a file that is not deleted, with its content. */
export interface VersionRow extends ContentColumns {
  readonly fileId: string;
  /** The file's path. */
  readonly path: string;
  readonly number: number;
  readonly isCurrent: boolean;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
  readonly createdAt: Date;
}

/** A version with what HTTP's dates need to know: they count in whole seconds. */
export interface ServedVersionRow extends VersionRow {
  /**
   * Whether an older version of the file was made in the same second, or has a later time than this one: a time is that
   * of the transaction's start, and of two the one that began first may end last. True as well when the version before
   * it was removed: nobody knows its time any more, and who began to download it may still go on by its date.
   */
  readonly sharesSecond: boolean;
}

/** Which versions are kept, beside the current one: those that were it not long ago, and the newest few. */
export interface VersionRetention {
  /** Those that were replaced before this may go. */
  readonly replacedBefore: Date;
  /** Newest versions of a file that stay whatever their age, the current one among them: at least 1. */
  readonly keep: number;
}

const VERSION_COLUMNS = `
  f.id AS "fileId", f.path, v.number, v.id = f.current_version_id AS "isCurrent",
  v.content_type AS "contentType", v.modified_at AS "modifiedAt", v.created_at AS "createdAt",
  ${CONTENT_COLUMNS}`;

const VERSIONS_WITH_CONTENT = `
  FROM files f
  JOIN file_versions v ON v.file_id = f.id
  JOIN blobs b ON b.id = v.blob_id
  WHERE f.user_id = $1 AND f.id = $2 AND f.deleted_at IS NULL`;

/** The files that are looked at. */
export interface PrunePage {
  readonly afterId: string | null;
  readonly files: number;
}

export interface Pruned {
  readonly versions: number;
  /** Where to go on; null when these were the last files. */
  readonly lastId: string | null;
}

const NOTHING_PRUNED: Pruned = { versions: 0, lastId: null };

const pruneParameters = ({ replacedBefore, keep }: VersionRetention, { afterId, files }: PrunePage) => [
  afterId,
  files,
  replacedBefore,
  keep,
];

/** One after the other by the indexes: what the database expects of a file's versions may be wrong by thousands. */
const PRUNABLE = `
  page AS (
    SELECT id, current_version_id FROM files WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2
  ), prunable AS (
    SELECT old.id FROM page
    CROSS JOIN LATERAL (SELECT number FROM file_versions WHERE id = page.current_version_id OFFSET 0) current
    CROSS JOIN LATERAL (
      SELECT id, number FROM file_versions
      WHERE file_id = page.id AND number <= current.number - $4::integer OFFSET 0
    ) old
    CROSS JOIN LATERAL (
      SELECT created_at FROM file_versions
      WHERE file_id = page.id AND number > old.number ORDER BY number LIMIT 1
    ) next
    WHERE next.created_at < $3
  )`;

const LAST_ID = '(SELECT id FROM page ORDER BY id OFFSET $2 - 1 LIMIT 1) AS "lastId"';

export class VersionRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** A page of a file's versions, newest first; those older than number `before`. Empty for no such file. */
  list(
    userId: string,
    fileId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<VersionRow[]> {
    return rows(
      this.#manager,
      `SELECT ${VERSION_COLUMNS} ${VERSIONS_WITH_CONTENT} AND ($3::integer IS NULL OR v.number < $3)
       ORDER BY v.number DESC LIMIT $4`,
      [userId, fileId, page.before, page.limit],
    );
  }

  /** One version by its number; the current one by null. */
  find(userId: string, fileId: string, number: number | null): Promise<ServedVersionRow | null> {
    return row(
      this.#manager,
      `SELECT ${VERSION_COLUMNS}, EXISTS (
         SELECT 1 FROM file_versions older
         WHERE older.file_id = v.file_id AND older.number < v.number
           AND older.created_at >= date_trunc('second', v.created_at)
       ) OR (v.number > 1 AND NOT EXISTS (
         SELECT 1 FROM file_versions previous
         WHERE previous.file_id = v.file_id AND previous.number = v.number - 1
       )) AS "sharesSecond"
       ${VERSIONS_WITH_CONTENT}
       AND ${number === null ? 'v.id = f.current_version_id' : 'v.number = $3'}`,
      number === null ? [userId, fileId] : [userId, fileId, number],
    );
  }

  /**
   * Removes old versions of the `page.files` files after `page.afterId` (null: from the first), and notes their
   * blobs for the sweep. Never the current one: numbers only grow, so it is the newest.
   */
  async prune(retention: VersionRetention, page: PrunePage): Promise<Pruned> {
    const pruned = await row<Pruned>(
      this.#manager,
      `WITH ${PRUNABLE}, removed AS (
         DELETE FROM file_versions WHERE id = ANY(ARRAY(SELECT id FROM prunable)) RETURNING blob_id
       ), noted AS (
         INSERT INTO unlinked_blobs (blob_id) SELECT DISTINCT blob_id FROM removed
         ON CONFLICT (blob_id) DO NOTHING
       )
       SELECT (SELECT count(*) FROM removed) AS versions, ${LAST_ID}`,
      pruneParameters(retention, page),
    );
    return pruned ?? NOTHING_PRUNED;
  }

  /** What {@link prune} would do. */
  async countPrunable(retention: VersionRetention, page: PrunePage): Promise<Pruned> {
    const counted = await row<Pruned>(
      this.#manager,
      `WITH ${PRUNABLE} SELECT (SELECT count(*) FROM prunable) AS versions, ${LAST_ID}`,
      pruneParameters(retention, page),
    );
    return counted ?? NOTHING_PRUNED;
  }
}
