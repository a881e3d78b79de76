import type { EntityManager } from 'typeorm';
import { row } from './query.ts';

/** What the server holds, of all accounts. */
export interface ServerTotals {
  /** Accounts that live. */
  readonly users: number;
  readonly files: number;
  readonly trashedFiles: number;
  /** Of all files, those in the trash too. */
  readonly versions: number;
  /** Files whose newest content has failed. */
  readonly failedFiles: number;
  /** What was uploaded: each content of an account once. */
  readonly sizeBytes: number;
  /** What that takes in the store. */
  readonly storedBytes: number;
}

/** Reads the largest tables from one end to the other: for who asks now and then. */
export class ServerTotalsRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async count(): Promise<ServerTotals> {
    const totals = await row<ServerTotals>(
      this.#manager,
      `SELECT (SELECT count(*) FROM users WHERE deleted_at IS NULL) AS users, f.files, f."trashedFiles",
         (SELECT count(*) FROM file_versions) AS versions,
         (SELECT count(*) FROM blobs b JOIN file_versions v ON v.blob_id = b.id
            JOIN files f ON f.id = v.file_id AND f.current_version_id = v.id
          WHERE b.status = 'failed' AND f.deleted_at IS NULL) AS "failedFiles",
         b."sizeBytes", b."storedBytes"
       FROM (SELECT count(*) FILTER (WHERE deleted_at IS NULL) AS files,
               count(*) FILTER (WHERE deleted_at IS NOT NULL) AS "trashedFiles" FROM files) f,
            (SELECT coalesce(sum(size_bytes), 0)::bigint AS "sizeBytes",
               coalesce(sum(stored_bytes), 0)::bigint AS "storedBytes" FROM blobs) b`,
      [],
    );
    if (totals === null) throw new Error('a count gave no row');
    return totals;
  }
}
