import type { EntityManager } from 'typeorm';
import type { ChangeKind } from '../entities/change.ts';
import { plainArray } from './array-literal.ts';

export interface NewChange {
  readonly fileId: string;
  readonly versionId: string | null;
  readonly kind: ChangeKind;
}

export class ChangeRepository {
  readonly #manager: EntityManager;

  constructor(manager: EntityManager) {
    this.#manager = manager;
  }

  /**
   * Books changes of one user's files, and `usedBytesDelta` with them, in one statement over the user's
   * row: it stays locked until the commit, so `seq` has no holes and is in commit order, and a reader's
   * cursor can never step over a change that commits later. Call it last in a transaction.
   */
  async record(userId: string, changes: readonly NewChange[], usedBytesDelta: number): Promise<void> {
    await this.#manager.query(
      `WITH booked AS (
         UPDATE users SET change_seq = change_seq + $2, used_bytes = used_bytes + $3
         WHERE id = $1 RETURNING change_seq - $2 AS base
       )
       INSERT INTO changes (user_id, seq, file_id, version_id, kind)
       SELECT $1, booked.base + new.ordinal, new.file_id, new.version_id, new.kind
       FROM booked, unnest($4::uuid[], $5::uuid[], $6::text[])
         WITH ORDINALITY AS new (file_id, version_id, kind, ordinal)`,
      [
        userId,
        changes.length,
        usedBytesDelta,
        plainArray(changes.map(({ fileId }) => fileId)),
        plainArray(changes.map(({ versionId }) => versionId)),
        plainArray(changes.map(({ kind }) => kind)),
      ],
    );
  }
}
