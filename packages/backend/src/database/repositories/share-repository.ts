import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

/** A share link, without its secret. */
export interface ShareRow {
  readonly id: string;
  readonly userId: string;
  /** null: a folder is shared. */
  readonly fileId: string | null;
  /** Ends with "/"; null: a file is shared. */
  readonly folder: string | null;
  readonly passwordHash: string | null;
  readonly expiresAt: Date | null;
  readonly maxDownloads: number | null;
  readonly downloads: number;
  readonly createdAt: Date;
}

export type NewShare = Omit<ShareRow, 'downloads'> & { readonly tokenSha256: string };

const COLUMNS = `id, user_id AS "userId", file_id AS "fileId", folder, password_hash AS "passwordHash",
  expires_at AS "expiresAt", max_downloads AS "maxDownloads", downloads, created_at AS "createdAt"`;

/** $2 is the time now. */
const IS_OPEN = `(expires_at IS NULL OR expires_at > $2) AND (max_downloads IS NULL OR downloads < max_downloads)`;

export class ShareRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  async insert(share: NewShare): Promise<void> {
    await this.#manager.query(
      `INSERT INTO shares (id, user_id, file_id, folder, token_sha256, password_hash, expires_at, max_downloads,
         created_at)
       VALUES ($1, $2, $3, $4, decode($5, 'hex'), $6, $7, $8, $9)`,
      [
        share.id,
        share.userId,
        share.fileId,
        share.folder,
        share.tokenSha256,
        share.passwordHash,
        share.expiresAt,
        share.maxDownloads,
        share.createdAt,
      ],
    );
  }

  /** The share whose link has this hash, if it works: neither revoked, nor expired, nor used up. */
  findOpen(tokenSha256: string, now: Date): Promise<ShareRow | null> {
    return row(
      this.#manager,
      `SELECT ${COLUMNS} FROM shares WHERE token_sha256 = decode($1, 'hex') AND ${IS_OPEN}`,
      [tokenSha256, now],
    );
  }

  /** The share whose link has this hash, though it may be over. */
  findByToken(tokenSha256: string): Promise<ShareRow | null> {
    return row(this.#manager, `SELECT ${COLUMNS} FROM shares WHERE token_sha256 = decode($1, 'hex')`, [
      tokenSha256,
    ]);
  }

  /** Counts a download; false, and nothing counted, when there is none left. Exact however many ask at once. */
  async countDownload(id: string, now: Date): Promise<boolean> {
    const counted = await row(
      this.#manager,
      `UPDATE shares SET downloads = downloads + 1 WHERE id = $1 AND ${IS_OPEN} RETURNING id`,
      [id, now],
    );
    return counted !== null;
  }

  /** Whether a download that has begun may go on: the share is there still, and its time is not over. */
  async isLive(id: string, now: Date): Promise<boolean> {
    const live = await row(
      this.#manager,
      'SELECT id FROM shares WHERE id = $1 AND (expires_at IS NULL OR expires_at > $2)',
      [id, now],
    );
    return live !== null;
  }

  async count(userId: string): Promise<number> {
    const counted = await row<{ shares: number }>(
      this.#manager,
      'SELECT count(*) AS shares FROM shares WHERE user_id = $1',
      [userId],
    );
    return counted?.shares ?? 0;
  }

  /** A page of a user's shares, the newest first, those made before `beforeId`. */
  list(
    userId: string,
    { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
  ): Promise<ShareRow[]> {
    return rows(
      this.#manager,
      `SELECT ${COLUMNS} FROM shares
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [userId, beforeId, limit],
    );
  }

  /** Removes a share, whose link stops at once; null when there is no such share of this user. */
  remove(userId: string, id: string): Promise<{ fileId: string | null; folder: string | null } | null> {
    return row(
      this.#manager,
      'DELETE FROM shares WHERE id = $2 AND user_id = $1 RETURNING file_id AS "fileId", folder',
      [userId, id],
    );
  }

  async removeAll(userId: string): Promise<void> {
    await this.#manager.query('DELETE FROM shares WHERE user_id = $1', [userId]);
  }
}
