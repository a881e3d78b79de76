import type { EntityManager } from 'typeorm';
import type { ChangeKind } from '../entities/change.ts';
import { plainArray, textArray } from './array-literal.ts';
import { FILE_COLUMNS, type FileRow } from './file-columns.ts';
import { row, rows } from './query.ts';
import type { PurgedFile } from './trash-repository.ts';

export interface NewChange {
  readonly fileId: string;
  readonly versionId: string | null;
  readonly kind: ChangeKind;
  /** Where the file was before, if it was elsewhere. */
  readonly previousPath?: string | null;
}

/** A change with the file as it is now, which may be another than it was then. */
export interface ChangeInFeed {
  readonly seq: number;
  readonly kind: ChangeKind;
  readonly fileId: string;
  readonly previousPath: string | null;
  readonly changedAt: Date;
  /** null: it is gone for good. */
  readonly file: (FileRow & { readonly deletedAt: Date | null }) | null;
}

export interface FeedPage {
  /** In the order of `seq`. */
  readonly changes: readonly ChangeInFeed[];
  /** The newest change there was when this was read. */
  readonly headSeq: number;
}

type FeedRow = { readonly headSeq: number } & (
  | { readonly seq: null }
  | (Omit<ChangeInFeed, 'file'> & ({ readonly id: null } | NonNullable<ChangeInFeed['file']>))
);

export interface PrunedChanges {
  readonly changes: number;
  /** Where to go on; null when these users were the last ones. */
  readonly lastUserId: string | null;
}

/** $1: after which user, $2: how many users, $3: older than this, $4: of each at most. The oldest, without a gap. */
const OLD_CHANGES = `
  page AS (SELECT id FROM users WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2),
  oldest AS (
    SELECT page.id AS user_id, c.seq,
           count(*) FILTER (WHERE c.created_at >= $3) OVER (PARTITION BY page.id ORDER BY c.seq) AS young
    FROM page CROSS JOIN LATERAL (
      SELECT seq, created_at FROM changes WHERE user_id = page.id
        AND (SELECT created_at FROM changes WHERE user_id = page.id ORDER BY seq LIMIT 1) < $3
      ORDER BY seq LIMIT $4
    ) c
  ),
  old AS (SELECT user_id, seq FROM oldest WHERE young = 0)`;

/** The news of a file that was removed for good. */
export const toPurgedChange = ({ id, path }: PurgedFile): NewChange => ({
  fileId: id,
  versionId: null,
  kind: 'purged',
  previousPath: path,
});

export class ChangeRepository {
  readonly #manager: EntityManager;
  readonly #onNews: (userId: string) => void;

  constructor(manager: EntityManager, onNews: (userId: string) => void) {
    this.#manager = manager;
    this.#onNews = onNews;
  }

  /**
   * Books changes of one user's files, and `usedBytesDelta` with them, in one statement over the user's
   * row: it stays locked until the commit, so `seq` has no holes and is in commit order, and a reader's
   * cursor can never step over a change that commits later. Call it last in a transaction.
   *
   * The transaction must be durable: a change that somebody was told of, and that is then lost, would give its
   * `seq` to another one, which that reader would never see.
   */
  async record(userId: string, changes: readonly NewChange[], usedBytesDelta: number): Promise<void> {
    await this.#manager.query(
      `WITH booked AS (
         UPDATE users SET change_seq = change_seq + $2, used_bytes = used_bytes + $3
         WHERE id = $1 RETURNING change_seq - $2 AS base
       )
       INSERT INTO changes (user_id, seq, file_id, version_id, kind, previous_path)
       SELECT $1, booked.base + new.ordinal, new.file_id, new.version_id, new.kind, new.previous_path
       FROM booked, unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[])
         WITH ORDINALITY AS new (file_id, version_id, kind, previous_path, ordinal)`,
      [
        userId,
        changes.length,
        usedBytesDelta,
        plainArray(changes.map(({ fileId }) => fileId)),
        plainArray(changes.map(({ versionId }) => versionId)),
        plainArray(changes.map(({ kind }) => kind)),
        textArray(changes.map(({ previousPath }) => previousPath ?? null)),
      ],
    );
    if (changes.length > 0) this.#onNews(userId);
  }

  /** The first changes after `afterSeq`, as of one moment; null when the user is gone. */
  async page(
    userId: string,
    { afterSeq, limit }: { readonly afterSeq: number; readonly limit: number },
  ): Promise<FeedPage | null> {
    const found = await rows<FeedRow>(
      this.#manager,
      `SELECT u.change_seq AS "headSeq", c.seq, c.kind, c.file_id AS "fileId",
              c.previous_path AS "previousPath", c.created_at AS "changedAt",
              f.deleted_at AS "deletedAt", ${FILE_COLUMNS}
       FROM users u
       LEFT JOIN LATERAL (
         SELECT * FROM changes WHERE user_id = u.id AND seq > $2 ORDER BY seq LIMIT $3
       ) c ON true
       LEFT JOIN files f ON f.id = c.file_id
       LEFT JOIN file_versions v ON v.id = f.current_version_id
       LEFT JOIN blobs b ON b.id = v.blob_id
       WHERE u.id = $1 ORDER BY c.seq`,
      [userId, afterSeq, limit],
    );
    const [first] = found;
    return first === undefined ? null : { headSeq: first.headSeq, changes: found.flatMap(toChanges) };
  }

  /** The newest change of a user; null when the user is gone. */
  async headSeq(userId: string): Promise<number | null> {
    const user = await row<{ headSeq: number }>(
      this.#manager,
      'SELECT change_seq AS "headSeq" FROM users WHERE id = $1',
      [userId],
    );
    return user?.headSeq ?? null;
  }

  /** Removes old changes of the next users, so that what is left has no holes. A dry run only counts them. */
  async prune(
    createdBefore: Date,
    page: {
      readonly afterUserId: string | null;
      readonly users: number;
      readonly changesPerUser: number;
    },
    { isDryRun }: { readonly isDryRun: boolean },
  ): Promise<PrunedChanges> {
    const removed = isDryRun
      ? 'SELECT 1 FROM old'
      : `DELETE FROM changes USING old WHERE changes.user_id = old.user_id AND changes.seq = old.seq RETURNING 1`;
    const pruned = await row<PrunedChanges>(
      this.#manager,
      `WITH ${OLD_CHANGES}, removed AS (${removed})
       SELECT (SELECT count(*) FROM removed) AS changes,
              (SELECT id FROM page ORDER BY id OFFSET $2 - 1 LIMIT 1) AS "lastUserId"`,
      [page.afterUserId, page.users, createdBefore, page.changesPerUser],
    );
    return pruned ?? { changes: 0, lastUserId: null };
  }

  /** Those of the users whose newest change is not the one that is known. */
  async findNews(known: ReadonlyMap<string, number>): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.#manager,
      `SELECT known.id FROM unnest($1::uuid[], $2::bigint[]) AS known (id, seq)
       LEFT JOIN users u ON u.id = known.id WHERE u.change_seq IS DISTINCT FROM known.seq`,
      [[...known.keys()], [...known.values()]],
    );
    return found.map(({ id }) => id);
  }
}

function toChanges(found: FeedRow): ChangeInFeed[] {
  if (found.seq === null) return [];
  const { seq, kind, fileId, previousPath, changedAt } = found;
  return [{ seq, kind, fileId, previousPath, changedAt, file: found.id === null ? null : found }];
}
