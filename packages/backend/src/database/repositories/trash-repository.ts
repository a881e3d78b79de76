import type { EntityManager } from 'typeorm';
import { FILE_COLUMNS, FILES_WITH_CONTENT, type FileRow } from './file-columns.ts';
import { row, rows } from './query.ts';

/** A deleted file that can still be restored. */
export interface TrashedFileRow extends FileRow {
  /** In whole milliseconds, so that it is the same in a cursor. */
  readonly deletedAt: Date;
}

/** Which files of the trash are removed for good: of whom, which ones, and how many at most. */
export interface Purge {
  /** null: everyone's. */
  readonly userId: string | null;
  /** null: any. */
  readonly ids: readonly string[] | null;
  /** Only what was deleted until then; null: whenever. */
  readonly deletedUntil: Date | null;
  readonly limit: number;
}

export interface PurgedFile {
  readonly id: string;
  readonly userId: string;
  readonly path: string;
}

export class TrashRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** Puts a file into the trash, which frees its path; null when there is no such file. */
  put(userId: string, id: string): Promise<{ path: string; versionId: string; deletedAt: Date } | null> {
    return row(
      this.#manager,
      `UPDATE files SET deleted_at = date_trunc('milliseconds', now()), updated_at = now()
       WHERE id = $2 AND user_id = $1 AND deleted_at IS NULL
       RETURNING path, current_version_id AS "versionId", deleted_at AS "deletedAt"`,
      [userId, id],
    );
  }

  /** Puts locked files into the trash, all at one time. */
  putMany(ids: readonly string[]): Promise<{ id: string; versionId: string; deletedAt: Date }[]> {
    return rows(
      this.#manager,
      `UPDATE files SET deleted_at = date_trunc('milliseconds', now()), updated_at = now()
       WHERE id = ANY($1::uuid[])
       RETURNING id, current_version_id AS "versionId", deleted_at AS "deletedAt"`,
      [ids],
    );
  }

  /** A page of the trash, what was deleted last first, after the file at `after`. */
  list(
    userId: string,
    page: { readonly after: { deletedAt: Date; id: string } | null; readonly limit: number },
  ): Promise<TrashedFileRow[]> {
    return rows(
      this.#manager,
      `SELECT ${FILE_COLUMNS}, f.deleted_at AS "deletedAt" ${FILES_WITH_CONTENT}
       WHERE f.user_id = $1 AND f.deleted_at IS NOT NULL
         AND ($2::timestamptz IS NULL OR (f.deleted_at, f.id) < ($2, $3::uuid))
       ORDER BY f.deleted_at DESC, f.id DESC LIMIT $4`,
      [userId, page.after?.deletedAt ?? null, page.after?.id ?? null, page.limit],
    );
  }

  /** When the last of the trash was deleted; null when it is empty. */
  async newest(userId: string): Promise<Date | null> {
    const newest = await row<{ deletedAt: Date | null }>(
      this.#manager,
      'SELECT max(deleted_at) AS "deletedAt" FROM files WHERE user_id = $1 AND deleted_at IS NOT NULL',
      [userId],
    );
    return newest?.deletedAt ?? null;
  }

  /** Locks deleted files until the transaction ends, in one order; by their ids, those that are in the trash. */
  async lockMany(
    userId: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly path: string; readonly versionId: string }>> {
    const locked = await rows<{ id: string; path: string; versionId: string }>(
      this.#manager,
      `SELECT id, path, current_version_id AS "versionId" FROM files
       WHERE id = ANY($2::uuid[]) AND user_id = $1 AND deleted_at IS NOT NULL ORDER BY id FOR UPDATE`,
      [userId, ids],
    );
    return new Map(locked.map(({ id, ...file }) => [id, file]));
  }

  /** Takes locked files out of the trash, each to its `path`, which must be free. */
  async restoreMany(files: readonly { readonly id: string; readonly path: string }[]): Promise<void> {
    if (files.length === 0) return;
    await this.#manager.query(
      `UPDATE files SET path = restored.path, deleted_at = NULL, updated_at = now()
       FROM unnest($1::uuid[], $2::text[]) AS restored (id, path) WHERE files.id = restored.id`,
      [files.map(({ id }) => id), files.map(({ path }) => path)],
    );
  }

  async countDeleted(until: Date): Promise<number> {
    const counted = await row<{ files: number }>(
      this.#manager,
      'SELECT count(*) AS files FROM files WHERE deleted_at <= $1',
      [until],
    );
    return counted?.files ?? 0;
  }

  /**
   * Removes files of the trash for good, with all their versions, those deleted first; their blobs are noted
   * for the sweep. Leaves out those that are being restored. Gives what was removed.
   */
  purge({ userId, ids, deletedUntil, limit }: Purge): Promise<PurgedFile[]> {
    return rows(
      this.#manager,
      `WITH doomed AS (
         SELECT id FROM files
         WHERE deleted_at IS NOT NULL AND ($1::timestamptz IS NULL OR deleted_at <= $1)
           AND ($2::uuid IS NULL OR user_id = $2) AND ($3::uuid[] IS NULL OR id = ANY($3))
         ORDER BY deleted_at, id LIMIT $4 FOR UPDATE SKIP LOCKED
       ), noted AS (
         INSERT INTO unlinked_blobs (blob_id)
         SELECT DISTINCT v.blob_id FROM file_versions v JOIN doomed ON doomed.id = v.file_id
         ON CONFLICT (blob_id) DO NOTHING
       )
       DELETE FROM files USING doomed WHERE files.id = doomed.id
       RETURNING files.id, files.user_id AS "userId", files.path`,
      [deletedUntil, userId, ids, limit],
    );
  }
}
