import { errors } from '@instashare/backend/errors';
import { filePathProblem, type ListFilesInput, type ListFilesResult } from '@instashare/contracts';
import type { Claim } from '../auth/authenticate.ts';
import type { Dependencies } from './dependencies.ts';
import { toFileDto } from './to-file-dto.ts';

/** A cursor is the last path of the page before, so pages stay right while files come and go. */
const encodeCursor = (path: string): string => Buffer.from(path, 'utf8').toString('base64url');

function decodeCursor(cursor: string): string {
  const path = Buffer.from(cursor, 'base64url').toString('utf8');
  if (filePathProblem(path) !== null || encodeCursor(path) !== cursor) {
    throw errors.invalidField('cursor', 'cursor is not one that a listing gave: start from the first page');
  }
  return path;
}

/**
 * One page of a user's files, in the order of their paths' bytes. Whether the claim stands is seen by the statement that reads
 * it: it finds nothing unless it does.
 */
export async function listFiles(
  { database, now }: Pick<Dependencies, 'database' | 'now'>,
  { confirm, principal: { userId }, session }: Claim,
  input: ListFilesInput,
): Promise<ListFilesResult> {
  const { files } = database.repositories;
  const page = {
    prefix: input.prefix ?? '',
    status: input.status ?? null,
    afterPath: input.cursor === undefined ? null : decodeCursor(input.cursor),
    // One more than asked for tells whether there is another page.
    limit: input.limit + 1,
  };
  let found = session === null ? [] : await files.list(userId, page, { ...session, now: now() });
  if (found.length === 0) {
    await confirm();
    found = await files.list(userId, page);
  }
  const items = found.slice(0, input.limit);
  const last = items.at(-1);
  return {
    items: items.map(toFileDto),
    nextCursor: found.length > input.limit && last !== undefined ? encodeCursor(last.path) : null,
  };
}
