import type { EntityManager } from 'typeorm';
import { folderEnd } from './path-range.ts';
import { row, rows } from './query.ts';

export interface FileInFolder {
  readonly id: string;
  readonly versionId: string;
}

export interface MovedFile extends FileInFolder {
  readonly previousPath: string;
}

/** A folder's path ends with "/" here. */
export interface FolderMove {
  readonly from: string;
  readonly to: string;
}

/** What was deleted of a folder at one time. */
export interface TrashedFolder {
  readonly folder: string;
  readonly deletedAt: Date;
}

/** $1: the user, $2: the folder, $3: its end. */
const IN_FOLDER = `user_id = $1 AND deleted_at IS NULL AND path >= $2 AND path < $3`;
/** And $4: when they were deleted. */
const IN_TRASHED_FOLDER = 'user_id = $1 AND path >= $2 AND path < $3 AND deleted_at = $4';
/** What no path starts with. */
const ASIDE = '\u0001';

/** Folders are prefixes of paths: there are no rows of theirs. */
export class FolderRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Locks all files in a folder until the transaction ends, and gives how many there are. In the order of
   * paths, as everyone locks who locks several.
   */
  async lock(userId: string, folder: string): Promise<number> {
    const locked = await row<{ files: number }>(
      this.#manager,
      `WITH locked AS (SELECT id FROM files WHERE ${IN_FOLDER} ORDER BY path FOR UPDATE)
       SELECT count(*) AS files FROM locked`,
      [userId, folder, folderEnd(folder)],
    );
    return locked?.files ?? 0;
  }

  /** What keeps the files of a folder from being moved: a path that is taken, or one that would be too long. */
  async findObstacle(
    userId: string,
    { from, to }: FolderMove,
    maxPathBytes: number,
  ): Promise<{ readonly path: string; readonly isTaken: boolean } | null> {
    return row(
      this.#manager,
      `WITH moving AS (
         SELECT $4 || substr(path, length($2) + 1) AS path FROM files WHERE ${IN_FOLDER}
       )
       SELECT path, true AS "isTaken" FROM moving WHERE EXISTS (
         SELECT 1 FROM files taken
         WHERE taken.user_id = $1 AND taken.deleted_at IS NULL AND taken.path = moving.path COLLATE "C"
           AND NOT (taken.path >= $2 AND taken.path < $3)
       )
       UNION ALL SELECT path, false FROM moving WHERE octet_length(path) > $5
       LIMIT 1`,
      [userId, from, folderEnd(from), to, maxPathBytes],
    );
  }

  /** Moves all files of a folder that is locked and has no obstacle; ids and versions stay what they are. */
  async move(userId: string, { from, to }: FolderMove): Promise<MovedFile[]> {
    // Moving a/b to a, the new path of one file may be the old path of another, and each row's path must be
    // free when it is written: first all of them step aside.
    const steps = from.startsWith(to) ? [ASIDE, to] : [to];
    let at = from;
    let moved: (FileInFolder & { readonly path: string })[] = [];
    for (const next of steps) {
      const end = at === ASIDE ? '\u0002' : folderEnd(at);
      moved = await rows(
        this.#manager,
        `UPDATE files SET path = $4 || substr(path, length($2) + 1), updated_at = now() WHERE ${IN_FOLDER}
         RETURNING id, path, current_version_id AS "versionId"`,
        [userId, at, end, next],
      );
      at = next;
    }
    return moved.map(({ path, ...file }) => ({ ...file, previousPath: from + path.slice(to.length) }));
  }

  /** Locks what was deleted of a folder at that time, until the transaction ends, and gives how many files. */
  async lockTrashed(userId: string, { folder, deletedAt }: TrashedFolder): Promise<number> {
    const locked = await row<{ files: number }>(
      this.#manager,
      `WITH locked AS (SELECT id FROM files WHERE ${IN_TRASHED_FOLDER} ORDER BY path, id FOR UPDATE)
       SELECT count(*) AS files FROM locked`,
      [userId, folder, folderEnd(folder), deletedAt],
    );
    return locked?.files ?? 0;
  }

  /** A path that keeps the files of a trashed folder from coming back: another file has it. */
  async findTakenBeforeRestore(
    userId: string,
    { folder, deletedAt }: TrashedFolder,
  ): Promise<{ readonly path: string } | null> {
    return row(
      this.#manager,
      `WITH returning_ones AS (SELECT path FROM files WHERE ${IN_TRASHED_FOLDER})
       SELECT path FROM returning_ones GROUP BY path
       HAVING count(*) > 1 OR EXISTS (
         SELECT 1 FROM files taken
         WHERE taken.user_id = $1 AND taken.deleted_at IS NULL AND taken.path = returning_ones.path
       )
       ORDER BY path LIMIT 1`,
      [userId, folder, folderEnd(folder), deletedAt],
    );
  }

  /** Takes what was deleted of a folder out of the trash; it is locked, and its paths are free. */
  async restore(userId: string, { folder, deletedAt }: TrashedFolder): Promise<FileInFolder[]> {
    return rows(
      this.#manager,
      `UPDATE files SET deleted_at = NULL, updated_at = now() WHERE ${IN_TRASHED_FOLDER}
       RETURNING id, current_version_id AS "versionId"`,
      [userId, folder, folderEnd(folder), deletedAt],
    );
  }

  /** Puts all files of a folder into the trash, in one statement. */
  async trash(userId: string, folder: string): Promise<(FileInFolder & { readonly deletedAt: Date })[]> {
    return rows(
      this.#manager,
      `UPDATE files SET deleted_at = date_trunc('milliseconds', now()), updated_at = now() WHERE ${IN_FOLDER}
       RETURNING id, current_version_id AS "versionId", deleted_at AS "deletedAt"`,
      [userId, folder, folderEnd(folder)],
    );
  }
}
