import { EntitySchema } from 'typeorm';
import { createdAt } from './columns.ts';

/**
 * `deleted` is into the trash, `restored` out of it, `purged` out of it for good. A version that was restored
 * is an `updated`.
 */
export type ChangeKind =
  | 'created'
  | 'updated'
  | 'ready'
  | 'failed'
  | 'moved'
  | 'deleted'
  | 'restored'
  | 'purged';

/** The feed of what happened to a user's files: `seq` has no holes and is in commit order. */
export interface ChangeRow {
  readonly userId: string;
  readonly seq: number;
  readonly fileId: string;
  readonly versionId: string | null;
  readonly kind: ChangeKind;
  /** Where the file was before: of `moved`, of `restored` to another path, and of `purged`. */
  readonly previousPath: string | null;
  readonly createdAt: Date;
}

export const ChangeEntity = new EntitySchema<ChangeRow>({
  name: 'change',
  tableName: 'changes',
  columns: {
    userId: { type: 'uuid', name: 'user_id', primary: true },
    seq: { type: 'bigint', primary: true },
    fileId: { type: 'uuid', name: 'file_id' },
    versionId: { type: 'uuid', name: 'version_id', nullable: true },
    kind: { type: 'text' },
    previousPath: { type: 'text', name: 'previous_path', nullable: true },
    createdAt,
  },
});
