import type { EntityManager } from 'typeorm';
import { CONTENT_COLUMNS, type ContentColumns } from './content-columns.ts';
import { rows } from './query.ts';

/** A version of a file, deleted or not. */
export interface ExportedVersionRow extends ContentColumns {
  readonly fileId: string;
  readonly path: string;
  /** null: the file is not in the trash. */
  readonly deletedAt: Date | null;
  readonly number: number;
  readonly isCurrent: boolean;
  readonly contentType: string;
  readonly modifiedAt: Date | null;
  readonly createdAt: Date;
}

/** The last version of the page before. */
export type ExportPlace = Pick<ExportedVersionRow, 'fileId' | 'number'>;

interface ExportPage {
  readonly after: ExportPlace | null;
  readonly limit: number;
}

const SELECT_VERSIONS = `
  SELECT f.id AS "fileId", f.path, f.deleted_at AS "deletedAt", v.number, v.id = f.current_version_id AS "isCurrent",
         v.content_type AS "contentType", v.modified_at AS "modifiedAt", v.created_at AS "createdAt",
         ${CONTENT_COLUMNS}
  FROM files f JOIN file_versions v ON v.file_id = f.id JOIN blobs b ON b.id = v.blob_id`;

/** Everything that an account has, in pages: neither many files nor many versions of one make a page longer. */
export class ExportRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Versions of all files, deleted or not. By what a file keeps wherever it goes: one that is moved, deleted or restored between
   * two pages is neither left out nor there twice.
   */
  versions(userId: string, { after, limit }: ExportPage): Promise<ExportedVersionRow[]> {
    return rows(
      this.#manager,
      `${SELECT_VERSIONS}
       WHERE f.user_id = $1
         AND ($2::uuid IS NULL OR (f.id >= $2 AND (f.id, v.number) > ($2, $3::integer)))
       ORDER BY f.id, v.number LIMIT $4`,
      [userId, after?.fileId ?? null, after?.number ?? null, limit],
    );
  }
}
