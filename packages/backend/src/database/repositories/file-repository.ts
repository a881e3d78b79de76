import type { EntityManager } from 'typeorm';
import { plainArray, textArray } from './array-literal.ts';
import {
  CONTENT_OF_FILES,
  FILE_COLUMNS,
  FILES_WITH_CONTENT,
  type FileRow,
  USES_OF_BLOBS,
} from './file-columns.ts';
import { type FilesPage, listFiles } from './list-files.ts';
import { INSERT_VERSIONS, type NewVersion, VERSIONS_GIVEN, versionParameters } from './new-versions.ts';
import { row, rows } from './query.ts';
import type { TimedClaim } from './session-repository.ts';

/** Files that are not deleted. */
const SELECT_FILE = `
  SELECT ${FILE_COLUMNS} ${FILES_WITH_CONTENT}
  WHERE f.user_id = $1 AND f.deleted_at IS NULL`;

/** One by one: the database would rather go through all files of an account that it believes to be small. */
const SELECT_FILES_BY_ID = `
  SELECT ${FILE_COLUMNS}
  FROM unnest($2::uuid[]) AS given (id)
  CROSS JOIN LATERAL (SELECT * FROM files WHERE id = given.id OFFSET 0) f
  ${CONTENT_OF_FILES}
  WHERE f.user_id = $1 AND f.deleted_at IS NULL`;

/** The file at a path while it is being written, locked until the transaction ends. */
export interface LockedFile {
  readonly id: string;
  readonly isNew: boolean;
  readonly createdAt: Date;
  /** Of the current version; null for a new file. */
  readonly currentBlobId: string | null;
  readonly currentNumber: number;
}

/** A locked file as it is now. */
export interface FileAtVersion {
  readonly id: string;
  readonly path: string;
  readonly versionId: string;
  readonly number: number;
}

/** What no path starts with. */
const ASIDE = '\u0001';

export interface NewFile {
  readonly path: string;
  readonly newId: string;
  /**
   * The version that it is at from the beginning, which must be added in the same transaction: that saves writing each
   * new file twice. Left out, it has none yet.
   */
  readonly newVersionId?: string;
}

/** A file by the blob that holds its current content. */
export interface ContentUse {
  readonly blobId: string;
  readonly userId: string;
  readonly fileId: string;
  readonly versionId: string;
}

export interface NamedContentUse extends Omit<ContentUse, 'versionId'> {
  readonly path: string;
  readonly sizeBytes: number;
}

export class FileRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  find(userId: string, id: string): Promise<FileRow | null> {
    return row(this.#manager, `${SELECT_FILE} AND f.id = $2`, [userId, id]);
  }

  findByPath(userId: string, path: string): Promise<FileRow | null> {
    return row(this.#manager, `${SELECT_FILE} AND f.path = $2`, [userId, path]);
  }

  /** Those that there are. */
  findByPaths(userId: string, paths: readonly string[]): Promise<FileRow[]> {
    return rows(this.#manager, `${SELECT_FILE} AND f.path = ANY($2::text[])`, [userId, textArray(paths)]);
  }

  /** In the order of `ids`, one for each; those that are gone are left out. */
  async findMany(userId: string, ids: readonly string[]): Promise<FileRow[]> {
    const found = await rows<FileRow>(this.#manager, SELECT_FILES_BY_ID, [userId, plainArray(ids)]);
    const byId = new Map(found.map((file) => [file.id, file]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /**
   * A page in path order: paths that start with `prefix` and come after `afterPath`. Where a claim is given that does not
   * stand, it is empty.
   */
  list(userId: string, page: FilesPage, claim: TimedClaim | null = null): Promise<FileRow[]> {
    return listFiles(this.#manager, { userId, claim }, page);
  }

  /**
   * Locks the files at these paths, each named once, in the order of paths, making those that are not there
   * with the id given. Gives them by path.
   */
  async lockOrInsert(userId: string, paths: readonly NewFile[]): Promise<ReadonlyMap<string, LockedFile>> {
    const locked = await rows<{ id: string; path: string; createdAt: Date }>(
      this.#manager,
      `INSERT INTO files (id, user_id, path, current_version_id)
       SELECT id, $1, path, version_id FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS file (id, path, version_id)
       ORDER BY path COLLATE "C"
       ON CONFLICT (user_id, path) WHERE deleted_at IS NULL DO UPDATE SET updated_at = files.updated_at
       RETURNING id, path, created_at AS "createdAt"`,
      [
        userId,
        plainArray(paths.map(({ newId }) => newId)),
        textArray(paths.map(({ path }) => path)),
        plainArray(paths.map(({ newVersionId = null }) => newVersionId)),
      ],
    );
    const inserted = new Set(paths.map(({ newId }) => newId));
    const versions = await this.#currentVersions(
      locked.filter(({ id }) => !inserted.has(id)).map(({ id }) => id),
    );
    return new Map(
      locked.map(({ id, path, createdAt }) => {
        const { blobId: currentBlobId = null, number: currentNumber = 0 } = versions.get(id) ?? {};
        return [path, { id, isNew: inserted.has(id), createdAt, currentBlobId, currentNumber }];
      }),
    );
  }

  /** By the file's id. A statement of its own: only a snapshot taken after the lock is sure to see the newest one. */
  async #currentVersions(ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, { blobId: string; number: number }>();
    const current = await rows<{ fileId: string; blobId: string; number: number }>(
      this.#manager,
      `SELECT f.id AS "fileId", v.blob_id AS "blobId", v.number
       FROM files f JOIN file_versions v ON v.id = f.current_version_id WHERE f.id = ANY($1::uuid[])`,
      [plainArray(ids)],
    );
    return new Map(current.map(({ fileId, ...version }) => [fileId, version]));
  }

  /** Adds versions, each of another file, and makes them the current ones. The files must be locked. */
  async addVersions(versions: readonly NewVersion[]): Promise<void> {
    if (versions.length === 0) return;
    await this.#manager.query(
      `WITH version AS (${VERSIONS_GIVEN}), added AS (${INSERT_VERSIONS} SELECT * FROM version)
       UPDATE files SET current_version_id = version.id, updated_at = now()
       FROM version WHERE files.id = version.file_id`,
      versionParameters(versions),
    );
  }

  /** Adds the versions that new files were inserted with. */
  async addFirstVersions(versions: readonly NewVersion[]): Promise<void> {
    if (versions.length === 0) return;
    await this.#manager.query(`${INSERT_VERSIONS} ${VERSIONS_GIVEN}`, versionParameters(versions));
  }

  /** Whether a file at this path, one in the trash included, was changed after `since`. */
  async changedSince(userId: string, path: string, since: Date): Promise<boolean> {
    const changed = await row(
      this.#manager,
      'SELECT 1 FROM files WHERE user_id = $1 AND path = $2 AND updated_at > $3 LIMIT 1',
      [userId, path, since],
    );
    return changed !== null;
  }

  /** The files whose content these blobs are now. */
  async withContent(blobIds: readonly string[]): Promise<ContentUse[]> {
    return rows(
      this.#manager,
      `SELECT b.id AS "blobId", f.user_id AS "userId", f.id AS "fileId", v.id AS "versionId"
       FROM (SELECT DISTINCT unnest($1::uuid[]) AS id) b ${USES_OF_BLOBS}
       WHERE f.deleted_at IS NULL`,
      [plainArray(blobIds)],
    );
  }

  /** As {@link withContent}, of these users only, and by name. */
  async withContentOf(userIds: readonly string[], blobIds: readonly string[]): Promise<NamedContentUse[]> {
    return rows(
      this.#manager,
      `SELECT b.id AS "blobId", f.user_id AS "userId", f.id AS "fileId", f.path, b.size_bytes AS "sizeBytes"
       FROM (SELECT * FROM blobs WHERE id = ANY($2::uuid[]) AND user_id = ANY($1::uuid[]) OFFSET 0) b ${USES_OF_BLOBS}
       WHERE f.deleted_at IS NULL`,
      [plainArray(userIds), plainArray(blobIds)],
    );
  }

  /** Those of these paths at which this user has a file. */
  async findTaken(userId: string, paths: readonly string[]): Promise<string[]> {
    const taken = await rows<{ path: string }>(
      this.#manager,
      'SELECT path FROM files WHERE user_id = $1 AND path = ANY($2::text[]) AND deleted_at IS NULL',
      [userId, paths],
    );
    return taken.map(({ path }) => path);
  }

  /** Locks a file that is not deleted until the transaction ends; null when there is no such file. */
  async lock(userId: string, id: string): Promise<{ path: string; versionId: string } | null> {
    return row(
      this.#manager,
      `SELECT path, current_version_id AS "versionId" FROM files
       WHERE id = $2 AND user_id = $1 AND deleted_at IS NULL FOR UPDATE`,
      [userId, id],
    );
  }

  /**
   * Locks those of these files that are not deleted until the transaction ends, and gives them by id. In the order of
   * paths, as everyone locks who locks several.
   */
  async lockMany(userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, FileAtVersion>> {
    await this.#manager.query(
      `SELECT id FROM files WHERE user_id = $1 AND id = ANY($2::uuid[]) AND deleted_at IS NULL
       ORDER BY path FOR UPDATE`,
      [userId, ids],
    );
    // A statement of its own: only a snapshot taken after the lock is sure to see the newest version.
    const files = await rows<FileAtVersion>(
      this.#manager,
      `SELECT f.id, f.path, v.id AS "versionId", v.number
       FROM files f JOIN file_versions v ON v.id = f.current_version_id
       WHERE f.user_id = $1 AND f.id = ANY($2::uuid[]) AND f.deleted_at IS NULL`,
      [userId, ids],
    );
    return new Map(files.map((file) => [file.id, file]));
  }

  /** Gives a locked file another path, which must be free. */
  async move(id: string, path: string): Promise<void> {
    await this.#manager.query('UPDATE files SET path = $2, updated_at = now() WHERE id = $1', [id, path]);
  }

  /** Gives locked files other paths, which must be free. */
  async moveMany(files: readonly { readonly id: string; readonly path: string }[]): Promise<void> {
    await this.#manager.query(
      `UPDATE files SET path = moved.path, updated_at = now()
       FROM unnest($1::uuid[], $2::text[]) AS moved (id, path) WHERE files.id = moved.id`,
      [files.map(({ id }) => id), files.map(({ path }) => path)],
    );
  }

  /** Frees the paths of locked files, which must be given others in the same transaction. */
  async stepAside(ids: readonly string[]): Promise<void> {
    await this.#manager.query('UPDATE files SET path = $2 || id WHERE id = ANY($1::uuid[])', [ids, ASIDE]);
  }
}
