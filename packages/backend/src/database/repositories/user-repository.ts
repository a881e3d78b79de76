import { type EntityManager, IsNull, type Repository } from 'typeorm';
import { errors } from '../../errors/index.ts';
import { violatedConstraint } from '../driver-error.ts';
import { UserEntity, type UserRow } from '../entities/user.ts';
import { row } from './query.ts';

export class UserRepository {
  readonly #manager: EntityManager;
  readonly #users: Repository<UserRow>;

  constructor(manager: EntityManager) {
    this.#manager = manager;
    this.#users = manager.getRepository(UserEntity);
  }

  /** Rejects with `email_taken`. */
  async insert(
    user: Pick<UserRow, 'id' | 'email' | 'name' | 'passwordHash'> & Partial<Pick<UserRow, 'quotaBytes'>>,
  ): Promise<void> {
    try {
      await this.#users.insert(user);
    } catch (error) {
      if (violatedConstraint(error) === 'users_email_key') throw errors.emailTaken();
      throw error;
    }
  }

  /** An account that lives. */
  findByEmail(email: string): Promise<UserRow | null> {
    return this.#users.findOneBy({ email, deletedAt: IsNull() });
  }

  /**
   * Locks an account until the transaction ends; false when it was deleted, or has another password by now. What
   * lets somebody in is made under this lock: it can't cross with a change of the password, or with the account's end.
   */
  async lockLive(id: string, passwordHash: string | null = null): Promise<boolean> {
    const locked = await row(
      this.#manager,
      `SELECT id FROM users WHERE id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR password_hash = $2)
       FOR NO KEY UPDATE`,
      [id, passwordHash],
    );
    return locked !== null;
  }

  /** False, and nothing changed, when the password is another one than `from` (null: any) by now, or the account deleted. */
  async changePassword(
    id: string,
    { from, to }: { readonly from: string | null; readonly to: string },
  ): Promise<boolean> {
    const changed = await row(
      this.#manager,
      `UPDATE users SET password_hash = $3
       WHERE id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR password_hash = $2) RETURNING id`,
      [id, from, to],
    );
    return changed !== null;
  }

  /**
   * Marks an account whose password has this hash as deleted, which frees its e-mail address: whoever is known by it
   * now is nobody. False when the password is another one by now.
   */
  async markDeleted(
    id: string,
    marked: { readonly passwordHash: string; readonly nobodysHash: string; readonly now: Date },
  ): Promise<boolean> {
    const deleted = await row(
      this.#manager,
      `UPDATE users SET deleted_at = $4, email = 'deleted+' || id || '@instashare.invalid', name = NULL,
         password_hash = $3, is_admin = false
       WHERE id = $1 AND deleted_at IS NULL AND password_hash = $2 RETURNING id`,
      [id, marked.passwordHash, marked.nobodysHash, marked.now],
    );
    return deleted !== null;
  }

  find(id: string): Promise<UserRow | null> {
    return this.#users.findOneBy({ id });
  }

  /** Books `sizeBytes` when the quota has room for them; false when not. 0 have room also where it was lowered below what is held. */
  async reserve(userId: string, sizeBytes: number): Promise<boolean> {
    const reserved = await row(
      this.#manager,
      `UPDATE users SET used_bytes = used_bytes + $2
       WHERE id = $1 AND (quota_bytes IS NULL OR $2::bigint = 0 OR used_bytes + $2 <= quota_bytes)
       RETURNING id`,
      [userId, sizeBytes],
    );
    return reserved !== null;
  }

  async release(userId: string, sizeBytes: number): Promise<void> {
    await this.#manager.query('UPDATE users SET used_bytes = used_bytes - $2 WHERE id = $1', [
      userId,
      sizeBytes,
    ]);
  }
}
