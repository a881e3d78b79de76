/** What the database reads of a large account, of which it knows nothing yet, for some of its files or contents. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { FileRepository } from '../../src/database/repositories/file-repository.ts';
import { UploadRepository } from '../../src/database/repositories/upload-repository.ts';
import { UsageRepository } from '../../src/database/repositories/usage-repository.ts';
import { VersionRepository } from '../../src/database/repositories/version-repository.ts';
import { createPlannedDatabase, expectLittleRead, type PlannedDatabase } from '../support/query-plans.ts';

const FILES = 20_000;
const VERSIONS_EACH = 3;
/** A job's. */
const BLOBS = 500;
/** Each has its versions, and each of these a file, which is left out when it has another one by now. */
const MOST_ROWS = 2 * VERSIONS_EACH * BLOBS;

const fileIds = Array.from({ length: BLOBS }, () => randomUUID());
const blobIds = Array.from({ length: BLOBS }, () => randomUUID());
const userId = randomUUID();
const RETENTION = { replacedBefore: new Date(Date.now() - 24 * 60 * 60 * 1000), keep: 1 };
const PAGE = { afterId: null, files: BLOBS };
/** All but the last one of each file. */
const PRUNED = { versions: (VERSIONS_EACH - 1) * BLOBS };
const MODIFIED_AT = '2026-11-01T12:00:00.123Z';
const EXPIRES_AT = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();
/** Among the others of a day, which are completed. */
const UPLOAD = {
  id: randomUUID(),
  path: 'folder/0',
  sizeBytes: 0,
  sha256: 'ab'.repeat(32),
  contentType: 'text/plain',
  modifiedAt: new Date(MODIFIED_AT),
  objectKey: 'key',
  expiresAt: new Date(EXPIRES_AT),
  session: '0',
};

const ASKED: Record<string, Parameters<PlannedDatabase['plansOf']>[0]> = {
  'the files of a job': (manager) => new FileRepository(manager).withContent(blobIds),
  'the files of a job, by name': (manager) => new FileRepository(manager).withContentOf([userId], blobIds),
  'the largest of what is compressed': (manager) =>
    new UsageRepository(manager).largestStored(userId, blobIds, 5),
  'two files of a bundle': (manager) => new FileRepository(manager).findMany(userId, fileIds.slice(0, 2)),
  'the files of a bundle': (manager) => new FileRepository(manager).findMany(userId, fileIds),
  async 'an upload that was asked for before'(manager) {
    expect(await new UploadRepository(manager).findSame(userId, UPLOAD)).toMatchObject(UPLOAD);
  },
  async 'versions that can go'(manager) {
    expect(await new VersionRepository(manager).countPrunable(RETENTION, PAGE)).toMatchObject(PRUNED);
  },
  async 'versions that go'(manager) {
    expect(await new VersionRepository(manager).prune(RETENTION, PAGE)).toMatchObject(PRUNED);
  },
};

test('some files, and what uses some contents, are found by the indexes, whatever the database believes', async () => {
  await using database = await createPlannedDatabase(STATEMENTS);
  for (const [name, work] of Object.entries(ASKED)) {
    for (const nodes of await database.plansOf(work)) expectLittleRead(nodes, name, MOST_ROWS);
  }
});

const STATEMENTS = [
  // It would be told of them in time, but for a first upload that is too late.
  ...['blobs', 'files', 'file_versions', 'uploads'].map(
    (table) => `ALTER TABLE ${table} SET (autovacuum_enabled = false)`,
  ),
  `INSERT INTO users (id, email, password_hash) VALUES ('${userId}', 'many@example.org', '-')`,
  `CREATE TEMP TABLE made AS
   SELECT n, coalesce(('{${fileIds.join()}}'::uuid[])[n + 1], uuidv7()) AS file_id,
          coalesce(('{${blobIds.join()}}'::uuid[])[n + 1], uuidv7()) AS blob_id
   FROM generate_series(0, ${FILES - 1}) AS n`,
  `CREATE TEMP TABLE made_versions AS
   SELECT uuidv7() AS id, file_id, number, blob_id FROM made, generate_series(1, ${VERSIONS_EACH}) AS number`,
  `INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status)
   SELECT blob_id, '${userId}', sha256(blob_id::text::bytea), n, blob_id, 'identity', n, 'stored' FROM made`,
  `INSERT INTO files (id, user_id, path, current_version_id)
   SELECT made.file_id, '${userId}', 'folder/' || n, id
   FROM made JOIN made_versions ON made_versions.file_id = made.file_id AND number = ${VERSIONS_EACH}`,
  `INSERT INTO file_versions (id, file_id, number, blob_id, content_type, created_at)
   SELECT id, file_id, number, blob_id, 'text/plain', now() - interval '2 days' FROM made_versions`,
  `INSERT INTO uploads (id, user_id, path, size_bytes, sha256, content_type, modified_at, object_key, session, state,
                        reserved_bytes, file_id, expires_at)
   SELECT uuidv7(), '${userId}', 'folder/' || n, 0, '\\x${UPLOAD.sha256}', 'text/plain', '${MODIFIED_AT}', n, '0', 'completed',
          0, file_id, '${EXPIRES_AT}' FROM made`,
  `INSERT INTO uploads (id, user_id, path, size_bytes, sha256, content_type, modified_at, object_key, session, state,
                        reserved_bytes, expires_at)
   VALUES ('${UPLOAD.id}', '${userId}', 'folder/0', 0, '\\x${UPLOAD.sha256}', 'text/plain', '${MODIFIED_AT}', 'key', '0', 'pending',
           0, '${EXPIRES_AT}')`,
];
