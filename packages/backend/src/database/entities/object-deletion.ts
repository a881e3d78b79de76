import { EntitySchema } from 'typeorm';

/**
 * An object that nothing points at any more, and when it may go. Written in the transaction that lets go of
 * it, so a crash can neither lose the object too early nor leave it behind.
 */
export interface ObjectDeletionRow {
  readonly objectKey: string;
  readonly dueAt: Date;
}

export const ObjectDeletionEntity = new EntitySchema<ObjectDeletionRow>({
  name: 'objectDeletion',
  tableName: 'object_deletions',
  columns: {
    objectKey: { type: 'text', name: 'object_key', primary: true },
    dueAt: { type: 'timestamptz', name: 'due_at' },
  },
});
