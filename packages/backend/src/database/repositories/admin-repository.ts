import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

/** An account as who runs the server sees it. */
export interface AccountRow {
  readonly id: string;
  readonly email: string;
  readonly createdAt: Date;
  /** Set: nobody gets in any more, and the sweep removes what is left. */
  readonly deletedAt: Date | null;
  /** Files that are not in the trash. */
  readonly files: number;
  readonly usedBytes: number;
  /** null: no limit. */
  readonly quotaBytes: number | null;
  readonly isAdmin: boolean;
}

/** A log-in to the pages of who runs the server. */
export interface AdminSessionRow {
  readonly userId: string;
  readonly email: string;
  /** As of now: the flag may have been withdrawn. */
  readonly isAdmin: boolean;
  /** Neither revoked nor expired. */
  readonly isLive: boolean;
}

/** A version that has some content; of a file in the trash too. */
export interface VersionUse {
  readonly path: string;
  readonly number: number;
  readonly isInTrash: boolean;
}

/** Content with whose it is and where it is used. */
export interface FailedBlobRow {
  readonly id: string;
  readonly email: string;
  readonly sizeBytes: number;
  readonly failure: string;
  readonly versions: readonly VersionUse[];
}

const ACCOUNT = `
  SELECT u.id, u.email, u.created_at AS "createdAt", u.deleted_at AS "deletedAt",
    (SELECT count(*) FROM files f WHERE f.user_id = u.id AND f.deleted_at IS NULL) AS files,
    u.used_bytes AS "usedBytes", u.quota_bytes AS "quotaBytes", u.is_admin AS "isAdmin"
  FROM users u`;

/** No e-mail address looks like that: it has an @. */
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Of the blob `b`. */
const VERSIONS = `
  SELECT coalesce(json_agg(json_build_object('path', f.path, 'number', v.number, 'isInTrash', f.deleted_at IS NOT NULL)
    ORDER BY f.path, v.number), '[]')
  FROM file_versions v JOIN files f ON f.id = v.file_id WHERE v.blob_id = b.id`;

/** What who runs the server asks across all accounts: by the command, or by the pages that only admins see. */
export class AdminRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /** The next `limit` accounts after this e-mail address (null: from the first), deleted ones that are not removed yet too. */
  listAccounts(afterEmail: string | null, limit: number): Promise<AccountRow[]> {
    return rows(
      this.#manager,
      `${ACCOUNT} WHERE $1::text IS NULL OR u.email > $1 ORDER BY u.email LIMIT $2`,
      [afterEmail, limit],
    );
  }

  /** By e-mail address or id. */
  findAccount(name: string): Promise<AccountRow | null> {
    return row(this.#manager, `${ACCOUNT} WHERE ${UUID.test(name) ? 'u.id = $1' : 'u.email = lower($1)'}`, [
      name,
    ]);
  }

  /** Gives the e-mail address of the account; null, and nothing changed, when there is none that lives. */
  async setQuota(userId: string, quotaBytes: number | null): Promise<string | null> {
    const changed = await row<{ email: string }>(
      this.#manager,
      'UPDATE users SET quota_bytes = $2 WHERE id = $1 AND deleted_at IS NULL RETURNING email',
      [userId, quotaBytes],
    );
    return changed?.email ?? null;
  }

  /** Makes an account that lives an admin, or no longer; false when nothing changed. */
  async setAdmin(userId: string, isAdmin: boolean): Promise<boolean> {
    const changed = await row(
      this.#manager,
      'UPDATE users SET is_admin = $2 WHERE id = $1 AND deleted_at IS NULL AND is_admin <> $2 RETURNING id',
      [userId, isAdmin],
    );
    return changed !== null;
  }

  /** Whether anybody is an admin. */
  async hasAdmins(): Promise<boolean> {
    const sql = 'SELECT 1 FROM users WHERE is_admin AND deleted_at IS NULL LIMIT 1';
    return (await row(this.#manager, sql, [])) !== null;
  }

  /** A session of the admin pages. */
  findSession(sessionId: string, now: Date): Promise<AdminSessionRow | null> {
    return row(
      this.#manager,
      `SELECT u.id AS "userId", u.email, u.is_admin AND u.deleted_at IS NULL AS "isAdmin",
         s.revoked_at IS NULL AND s.expires_at > $2 AS "isLive"
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.for_admin`,
      [sessionId, now],
    );
  }

  /** The next `limit` failed contents after `afterId` (null: from the first), of all or of one account. */
  listFailed(
    afterId: string | null,
    { userId, limit }: { readonly userId: string | null; readonly limit: number },
  ): Promise<FailedBlobRow[]> {
    return rows(
      this.#manager,
      `SELECT b.id, u.email, b.size_bytes AS "sizeBytes", b.failure, (${VERSIONS}) AS versions
       FROM blobs b JOIN users u ON u.id = b.user_id
       WHERE b.status = 'failed' AND ($1::uuid IS NULL OR b.id > $1) AND ($2::uuid IS NULL OR b.user_id = $2)
       ORDER BY b.id LIMIT $3`,
      [afterId, userId, limit],
    );
  }

  /** Whose a blob is, and the versions that have it. */
  findUses(
    blobId: string,
  ): Promise<{ readonly email: string; readonly versions: readonly VersionUse[] } | null> {
    return row(
      this.#manager,
      `SELECT u.email, (${VERSIONS}) AS versions FROM blobs b JOIN users u ON u.id = b.user_id WHERE b.id = $1`,
      [blobId],
    );
  }

  /** The ids of the next `limit` contents that can be read after `afterId` (null: from the first), made since then. */
  async listReadable(
    afterId: string | null,
    { since, limit }: { readonly since: Date | null; readonly limit: number },
  ): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT id FROM blobs
       WHERE status IN ('stored', 'ready') AND ($1::uuid IS NULL OR id > $1)
         AND ($2::timestamptz IS NULL OR created_at >= $2)
       ORDER BY id LIMIT $3`,
      [afterId, since, limit],
    );
    return found.map(({ id }) => id);
  }
}
