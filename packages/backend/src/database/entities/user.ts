import { EntitySchema } from 'typeorm';
import { createdAt, id } from './columns.ts';

export interface UserRow {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly name: string | null;
  /** argon2id, in its own encoded form. */
  readonly passwordHash: string;
  /** null: no limit. */
  readonly quotaBytes: number | null;
  /** Content of every blob once, and what open uploads have reserved. */
  readonly usedBytes: number;
  /** The `seq` of the newest change; see `changes`. */
  readonly changeSeq: number;
  /** Nobody can log in any more, and the sweep removes what is left; null: it lives. */
  readonly deletedAt: Date | null;
  /** May see the pages of who runs the server. Set by the operator's command alone. */
  readonly isAdmin: boolean;
  readonly createdAt: Date;
}

export const UserEntity = new EntitySchema<UserRow>({
  name: 'user',
  tableName: 'users',
  columns: {
    id,
    email: { type: 'text' },
    name: { type: 'text', nullable: true },
    passwordHash: { type: 'text', name: 'password_hash' },
    quotaBytes: { type: 'bigint', name: 'quota_bytes', nullable: true },
    usedBytes: { type: 'bigint', name: 'used_bytes', default: 0 },
    changeSeq: { type: 'bigint', name: 'change_seq', default: 0 },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', nullable: true },
    isAdmin: { type: 'boolean', name: 'is_admin', default: false },
    createdAt,
  },
});
