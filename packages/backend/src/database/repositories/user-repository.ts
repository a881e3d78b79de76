import type { EntityManager, Repository } from 'typeorm';
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

  findByEmail(email: string): Promise<UserRow | null> {
    return this.#users.findOneBy({ email });
  }

  find(id: string): Promise<UserRow | null> {
    return this.#users.findOneBy({ id });
  }

  /** Books `sizeBytes` when the quota has room for them; false when not. */
  async reserve(userId: string, sizeBytes: number): Promise<boolean> {
    const reserved = await row(
      this.#manager,
      `UPDATE users SET used_bytes = used_bytes + $2
       WHERE id = $1 AND (quota_bytes IS NULL OR used_bytes + $2 <= quota_bytes)
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
