import type { EntityManager } from 'typeorm';
import { row, rows } from './query.ts';

/** A request that is named by its key. Hashes are in hexadecimal. */
export interface KeyedRequest {
  readonly userId: string;
  readonly keySha256: string;
  readonly requestSha256: string;
}

export interface Claim extends KeyedRequest {
  readonly claimId: string;
  readonly now: Date;
  /** After this another request with the key may begin: whoever claimed it has died. */
  readonly claimedUntil: Date;
  readonly expiresAt: Date;
}

/** What a key stands for already. */
export interface ClaimedKey {
  readonly requestSha256: string;
  /** null: under way. */
  readonly answer: Buffer | null;
}

/** Requests that name themselves by a key of the user's, and their answers. */
export class IdempotencyRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Takes the key for this claim; of many at once one gets it. False when it stands for a request already, but for one
   * that is over or whose claim is.
   */
  async claim(claim: Claim): Promise<boolean> {
    const claimed = await rows(
      this.#manager,
      `INSERT INTO idempotency_keys AS kept
         (user_id, key_sha256, request_sha256, claim_id, claimed_until, expires_at)
       VALUES ($1, decode($2, 'hex'), decode($3, 'hex'), $4, $5, $6)
       ON CONFLICT (user_id, key_sha256) DO UPDATE SET
         request_sha256 = excluded.request_sha256, claim_id = excluded.claim_id,
         claimed_until = excluded.claimed_until, expires_at = excluded.expires_at, answer = NULL
       WHERE kept.expires_at <= $7
         OR (kept.answer IS NULL AND kept.claimed_until <= $7 AND kept.request_sha256 = excluded.request_sha256)
       RETURNING 1`,
      [
        claim.userId,
        claim.keySha256,
        claim.requestSha256,
        claim.claimId,
        claim.claimedUntil,
        claim.expiresAt,
        claim.now,
      ],
    );
    return claimed.length > 0;
  }

  find(userId: string, keySha256: string): Promise<ClaimedKey | null> {
    return row<ClaimedKey>(
      this.#manager,
      `SELECT encode(request_sha256, 'hex') AS "requestSha256", answer FROM idempotency_keys
       WHERE user_id = $1 AND key_sha256 = decode($2, 'hex')`,
      [userId, keySha256],
    );
  }

  /** Keeps the answer. False when the claim was lost to another. */
  async answer(
    { userId, keySha256, claimId }: Pick<Claim, 'userId' | 'keySha256' | 'claimId'>,
    answer: Buffer,
  ): Promise<boolean> {
    const answered = await rows(
      this.#manager,
      `UPDATE idempotency_keys SET answer = $4
       WHERE user_id = $1 AND key_sha256 = decode($2, 'hex') AND claim_id = $3 RETURNING 1`,
      [userId, keySha256, claimId, answer],
    );
    return answered.length > 0;
  }

  /** Gives the key up: nothing came of the request. */
  async release({
    userId,
    keySha256,
    claimId,
  }: Pick<Claim, 'userId' | 'keySha256' | 'claimId'>): Promise<void> {
    await this.#manager.query(
      `DELETE FROM idempotency_keys
       WHERE user_id = $1 AND key_sha256 = decode($2, 'hex') AND claim_id = $3 AND answer IS NULL`,
      [userId, keySha256, claimId],
    );
  }

  async countExpired(now: Date): Promise<number> {
    const counted = await row<{ keys: number }>(
      this.#manager,
      'SELECT count(*) AS keys FROM idempotency_keys WHERE expires_at <= $1',
      [now],
    );
    return counted?.keys ?? 0;
  }

  /** Removes up to `limit` keys that are over; gives how many. */
  async removeExpired(now: Date, limit: number): Promise<number> {
    const removed = await rows(
      this.#manager,
      `DELETE FROM idempotency_keys WHERE (user_id, key_sha256) IN (
         SELECT user_id, key_sha256 FROM idempotency_keys WHERE expires_at <= $1
         ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING 1`,
      [now, limit],
    );
    return removed.length;
  }
}
