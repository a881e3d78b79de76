import type { Scope } from '@instashare/contracts';
import type { EntityManager } from 'typeorm';
import { byteaArray } from './array-literal.ts';
import { preparedRows, row, rows } from './query.ts';

/** A personal access token, without its secret. */
export interface TokenRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Date;
  /** null: never. */
  readonly expiresAt: Date | null;
  /** Exact to a minute; null: not used yet. */
  readonly lastUsedAt: Date | null;
}

/** A token that lets somebody in. */
export type WorkingToken = TokenRow & { readonly tokenSha256: string };

export type NewToken = Omit<TokenRow, 'lastUsedAt'> & { readonly tokenSha256: string };

/** A use is written down when the last one is older than this. */
const NOTED_EVERY_MS = 60_000;

const COLUMNS = `id, user_id AS "userId", name, scopes, created_at AS "createdAt", expires_at AS "expiresAt",
  last_used_at AS "lastUsedAt"`;

export class TokenRepository {
  readonly #manager: EntityManager;
  readonly #onNews: (userId: string) => void;

  /** `onNews`: whoever follows events with a token that is gone is looked at anew. */
  constructor(manager: EntityManager, onNews: (userId: string) => void) {
    this.#manager = manager;
    this.#onNews = onNews;
  }

  async insert({ id, userId, name, tokenSha256, scopes, expiresAt, createdAt }: NewToken): Promise<void> {
    await this.#manager.query(
      `INSERT INTO personal_access_tokens (id, user_id, name, token_sha256, scopes, expires_at, created_at)
       VALUES ($1, $2, $3, decode($4, 'hex'), $5, $6, $7)`,
      [id, userId, name, tokenSha256, scopes, expiresAt, createdAt],
    );
  }

  /** Those of the tokens with these hashes that work. */
  findWorking(sha256s: readonly string[], now: Date): Promise<WorkingToken[]> {
    return preparedRows(
      this.#manager,
      `SELECT ${COLUMNS}, encode(token_sha256, 'hex') AS "tokenSha256" FROM personal_access_tokens
       WHERE token_sha256 = ANY($1::bytea[]) AND (expires_at IS NULL OR expires_at > $2)`,
      [byteaArray(sha256s), now],
    );
  }

  /** Notes that a token was used: once a minute, not at every request. */
  async noteUse({ id, lastUsedAt }: Pick<TokenRow, 'id' | 'lastUsedAt'>, now: Date): Promise<void> {
    const notedBefore = new Date(now.getTime() - NOTED_EVERY_MS);
    if (lastUsedAt !== null && lastUsedAt > notedBefore) return;
    await this.#manager.query(
      `UPDATE personal_access_tokens SET last_used_at = $2
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)`,
      [id, now, notedBefore],
    );
  }

  async count(userId: string): Promise<number> {
    const counted = await row<{ tokens: number }>(
      this.#manager,
      'SELECT count(*) AS tokens FROM personal_access_tokens WHERE user_id = $1',
      [userId],
    );
    return counted?.tokens ?? 0;
  }

  /** A page of a user's tokens, the newest first, those made before `beforeId`. */
  list(
    userId: string,
    { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
  ): Promise<TokenRow[]> {
    return rows(
      this.#manager,
      `SELECT ${COLUMNS} FROM personal_access_tokens
       WHERE user_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [userId, beforeId, limit],
    );
  }

  async removeAll(userId: string): Promise<void> {
    await this.#manager.query('DELETE FROM personal_access_tokens WHERE user_id = $1', [userId]);
    this.#onNews(userId);
  }

  /** Removes a token, which stops at once; gives its name, and null when there is no such token of this user. */
  async remove(userId: string, id: string): Promise<string | null> {
    const removed = await row<{ name: string }>(
      this.#manager,
      'DELETE FROM personal_access_tokens WHERE id = $2 AND user_id = $1 RETURNING name',
      [userId, id],
    );
    if (removed !== null) this.#onNews(userId);
    return removed?.name ?? null;
  }
}
