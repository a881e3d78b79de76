/** What the database reads for a page of a listing: as much as the page holds, and not all that an account has. */
import { randomUUID } from 'node:crypto';
import { test } from 'vitest';
import { FileRepository } from '../../src/database/repositories/file-repository.ts';
import { createPlannedDatabase, expectLittleRead } from '../support/query-plans.ts';

const FILES = 20_000;
const FAILED_EACH = 400;
const SMALL_ACCOUNTS = 5_000;
const LIMIT = 101;
/** A page of files, each with its version and its blob, and as much again to find them by. */
const MOST_ROWS = 6 * LIMIT;

type Page = Parameters<FileRepository['list']>[1];
const pathAt = (at: number) => `folder/${String(at).padStart(6, '0')}`;
const page: Page = { prefix: '', status: null, afterPath: null, limit: LIMIT };
const middle = pathAt(FILES / 2);

const PAGES: Record<string, Page> = {
  'the first page': page,
  'a page in the middle': { ...page, afterPath: middle },
  'the last page': { ...page, afterPath: pathAt(FILES - LIMIT) },
  'a folder': { ...page, prefix: 'folder/' },
  'a folder of some': { ...page, prefix: 'folder/0101' },
  'files that are ready': { ...page, status: 'ready' },
  'files that are ready, in the middle': { ...page, status: 'ready', afterPath: middle },
  'files that have failed': { ...page, status: 'failed' },
  'files that have failed, in the middle': { ...page, status: 'failed', afterPath: middle },
  'files that are stored, of which there are none': { ...page, status: 'stored' },
};

test('a page of a listing reads little more than the page', async () => {
  const userId = randomUUID();
  await using database = await createPlannedDatabase([...statementsFor(userId), 'ANALYZE']);
  for (const [name, asked] of Object.entries(PAGES)) {
    const plans = await database.plansOf((manager) =>
      new FileRepository(manager).list(userId, asked, { ...CLAIM, userId }),
    );
    for (const nodes of plans) expectLittleRead(nodes, name, MOST_ROWS);
  }
});

const CLAIM = { id: randomUUID(), generation: 0, now: new Date() };

const statementsFor = (userId: string) => [
  `INSERT INTO users (id, email, password_hash) VALUES ('${userId}', 'many@example.org', '-')`,
  // An account of one file is what the database expects of an account.
  `INSERT INTO users (id, email, password_hash)
   SELECT uuidv7(), n || '@example.org', '-' FROM generate_series(1, ${SMALL_ACCOUNTS}) AS n`,
  `INSERT INTO files (id, user_id, path) SELECT uuidv7(), id, 'folder/a' FROM users WHERE id <> '${userId}'`,
  `INSERT INTO sessions (id, user_id, refresh_token_sha256, expires_at, rotated_at, last_seen_at)
   SELECT CASE WHEN id = '${userId}' THEN '${CLAIM.id}' ELSE uuidv7() END, id, sha256(''),
          now() + interval '1 day', now() - interval '1 hour', now()
   FROM users`,
  `CREATE TEMP TABLE made AS
   SELECT n, n % ${FAILED_EACH} = 0 AS is_failed, uuidv7() AS file_id, uuidv7() AS version_id, uuidv7() AS blob_id
   FROM generate_series(0, ${FILES - 1}) AS n`,
  `INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status, verified_at, failure)
   SELECT blob_id, '${userId}', sha256(blob_id::text::bytea), 1, blob_id, 'identity', 1,
          CASE WHEN is_failed THEN 'failed' ELSE 'ready' END, CASE WHEN NOT is_failed THEN now() END,
          CASE WHEN is_failed THEN 'made so' END
   FROM made`,
  `INSERT INTO files (id, user_id, path, current_version_id)
   SELECT file_id, '${userId}', 'folder/' || lpad(n::text, 6, '0'), version_id FROM made`,
  `INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
   SELECT version_id, file_id, 1, blob_id, 'text/plain' FROM made`,
];
