/**
 * Pages of an account's files. Each is read such that it takes as long however many files there are: what belongs to
 * a file is looked up file by file, which `OFFSET 0` holds the planner to (it would else rather read whole tables).
 */
import type { FileStatus } from '@instashare/contracts';
import type { EntityManager } from 'typeorm';
import { CONTENT_OF_FILES, FILE_COLUMNS, type FileRow, USES_OF_BLOBS } from './file-columns.ts';
import { prefixEnd } from './path-range.ts';
import { preparedRows, row, rows } from './query.ts';
import { claimStands, type TimedClaim } from './session-repository.ts';

export interface FilesPage {
  readonly prefix: string;
  /** null: in whatever state. */
  readonly status: FileStatus | null;
  readonly afterPath: string | null;
  readonly limit: number;
}

interface ListedAccount {
  readonly userId: string;
  /** That has to stand; null: it was seen to. */
  readonly claim: TimedClaim | null;
}

/** Up to so many are gathered and sorted for each page; more of them are soon met on the way through the paths. */
const FEW = 10_000;

/** As texts: only then is an index over those in a state sure to be used. */
const IN_STATE = {
  stored: "status = 'stored'",
  ready: "status = 'ready'",
  failed: "status = 'failed'",
} as const satisfies Record<FileStatus, string>;

/** A page in path order: paths that start with `prefix` and come after `afterPath`; empty where `claim` does not stand. */
export async function listFiles(
  manager: EntityManager,
  { userId, claim }: ListedAccount,
  page: FilesPage,
): Promise<FileRow[]> {
  const { where, parameters } = pathsOf({ userId, claim }, page);
  const from =
    page.status !== null && page.status !== 'ready' && (await areFew(manager, userId, page.status))
      ? fromContent(where, page.status)
      : fromPaths(where, page.status);
  const sql = `SELECT ${FILE_COLUMNS} ${from} ORDER BY f.path LIMIT $2`;
  // What has to look at the values to find the best way is planned each time.
  const isPlain = page.status === null && page.prefix === '';
  return isPlain ? preparedRows(manager, sql, parameters) : rows(manager, sql, parameters);
}

function pathsOf({ userId, claim }: ListedAccount, { prefix, afterPath, limit }: FilesPage) {
  const parameters: unknown[] = [userId, limit];
  const parameter = (value: unknown) => `$${parameters.push(value)}`;
  let where = 'f.user_id = $1 AND f.deleted_at IS NULL AND f.current_version_id IS NOT NULL';
  if (prefix !== '') {
    const start = parameter(prefix);
    where += ` AND f.path >= ${start} AND starts_with(f.path, ${start})`;
    const end = prefixEnd(prefix);
    if (end !== null) where += ` AND f.path < ${parameter(end)}`;
  }
  if (afterPath !== null) where += ` AND f.path > ${parameter(afterPath)}`;
  if (claim !== null) {
    const [id, owner] = [parameter(claim.id), parameter(claim.userId)];
    const [generation, now] = [parameter(claim.generation), parameter(claim.now)];
    where += ` AND ${claimStands({ id, userId: owner, generation, now })}`;
  }
  return { where, parameters };
}

/** Through the paths, until there are enough. */
const fromPaths = (where: string, status: FileStatus | null): string => `
  FROM (SELECT * FROM files f WHERE ${where} ORDER BY f.path ${status === null ? 'LIMIT $2' : ''}) f
  ${CONTENT_OF_FILES}
  WHERE ${status === null ? 'true' : `b.${IN_STATE[status]}`}`;

/** From the content that is in the state, of which there is little. */
const fromContent = (where: string, status: Exclude<FileStatus, 'ready'>): string => `
  FROM (SELECT * FROM blobs WHERE ${IN_STATE[status]} AND user_id = $1 OFFSET 0) b
  ${USES_OF_BLOBS}
  WHERE ${where}`;

/** Whether little of the account's content is in this state. What is `stored` is no more soon, in all accounts. */
async function areFew(
  manager: EntityManager,
  userId: string,
  status: Exclude<FileStatus, 'ready'>,
): Promise<boolean> {
  const found = await row<{ count: number }>(
    manager,
    `SELECT count(*) FROM (
       SELECT 1 FROM blobs WHERE ${IN_STATE[status]} AND user_id = $1 LIMIT ${FEW + 1}
     ) few`,
    [userId],
  );
  return (found?.count ?? 0) <= FEW;
}
