import { randomUUID } from 'node:crypto';
import { openDatabase } from '@instashare/backend/database';
import { exportLineSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { exportAccount } from '../../src/services/export-account.ts';
import { makeToken } from '../support/make-token.ts';
import { sha256Of, startTestApi } from '../support/test-api.ts';

const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const json: unknown = JSON.parse(line);
      const parsed = exportLineSchema.parse(json);
      // Nothing that its schema does not name.
      expect(parsed).toEqual(json);
      return parsed;
    });

const versionsOf = (text: string) => linesOf(text).filter((line) => line.type === 'version');

test('an export holds everything that is known, and no secret', async () => {
  await using api = await startTestApi();
  const { email, token, refreshToken, userId } = await api.register();
  const { secret } = await makeToken(api, token, { scopes: ['read'] });
  await api.request('POST', '/webhooks', { token, json: { url: 'https://example.org/hook' } });
  await api.upload(token, 'a.txt', 'first');
  const { id } = (await api.upload(token, 'a.txt', 'second')).body.file;
  const trashed = (await api.upload(token, 'b.txt', 'deleted')).body.file;
  await api.request('DELETE', `/files/${trashed.id}`, { token });

  const answer = await api.request('GET', '/account/export', { token });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'application/jsonl; charset=utf-8',
  ]);
  const lines = linesOf(answer.text);
  const version = { type: 'version', fileId: id, path: 'a.txt', deletedAt: null };
  expect(lines.filter(({ type }) => type !== 'audit_event')).toMatchObject([
    { type: 'account', id: userId, email },
    { type: 'session', isCurrent: true },
    { type: 'token', name: 'for read', scopes: ['read'] },
    { type: 'webhook', url: 'https://example.org/hook' },
    { ...version, number: 1, isCurrent: false, sha256: sha256Of('first') },
    { ...version, number: 2, isCurrent: true, sha256: sha256Of('second') },
    { type: 'version', fileId: trashed.id, sha256: sha256Of('deleted') },
    { type: 'end', lines: lines.length - 1 },
  ]);
  const events = lines.filter(({ type }) => type === 'audit_event');
  expect(events.length).toBeGreaterThanOrEqual(4);
  for (const hidden of [token, refreshToken, secret, 'whsec_', '$argon2', 'objectKey', userId.concat('/')]) {
    expect(answer.text).not.toContain(hidden);
  }
});

test('every version is there once, however many pages they make', async () => {
  await using api = await startTestApi();
  const { token, userId } = await api.register();
  // Many files and many versions of one, so that pages end between files and within one; half of the files deleted.
  await api.sql(
    `WITH blob AS (
       INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status)
       VALUES (gen_random_uuid(), $1, sha256('x'), 1, 'x', 'identity', 1, 'stored') RETURNING id
     ), file AS (
       INSERT INTO files (id, user_id, path, deleted_at)
       SELECT gen_random_uuid(), $1, 'file ' || n, CASE WHEN n % 2 = 0 THEN date_trunc('milliseconds', now()) END
       FROM generate_series(1, 900) n RETURNING id, path
     )
     INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
     SELECT gen_random_uuid(), file.id, number, blob.id, 'text/plain'
     FROM file, blob, LATERAL generate_series(1, CASE WHEN path IN ('file 1', 'file 2') THEN 700 ELSE 1 END) number`,
    [userId],
  );
  await api.sql(
    `UPDATE files SET current_version_id = v.id FROM file_versions v WHERE v.file_id = files.id AND v.number = 1`,
    [],
  );
  const { text } = await api.request('GET', '/account/export', { token });
  const versions = versionsOf(text);
  expect(versions).toHaveLength(898 + 2 * 700);
  const names = new Set(versions.map(({ fileId, number }) => `${fileId} ${number}`));
  expect(names.size).toBe(versions.length);
});

test('files that are moved, deleted and restored meanwhile are there once each', async () => {
  await using api = await startTestApi();
  const { userId } = await api.register();
  // Three pages of them, of which every fifth file is in the trash.
  await api.sql(
    `WITH blob AS (
       INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status)
       VALUES (gen_random_uuid(), $1, sha256('x'), 1, 'x', 'identity', 1, 'stored') RETURNING id
     ), file AS (
       INSERT INTO files (id, user_id, path, deleted_at)
       SELECT gen_random_uuid(), $1, CASE n % 2 WHEN 0 THEN 'a/' ELSE 'z/' END || n, CASE n % 5 WHEN 0 THEN now() END
       FROM generate_series(1, 1200) n RETURNING id
     )
     INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
     SELECT gen_random_uuid(), file.id, 1, blob.id, 'text/plain' FROM file, blob`,
    [userId],
  );
  await api.sql(
    'UPDATE files SET current_version_id = v.id FROM file_versions v WHERE v.file_id = files.id',
    [],
  );
  // What had one of the first paths has one of the last, and the reverse; what was in the trash is not, and the reverse of some.
  const shuffle = () =>
    api.sql(
      `UPDATE files SET path = CASE left(path, 2) WHEN 'a/' THEN 'z/' ELSE 'a/' END || substr(path, 3),
         deleted_at = CASE WHEN deleted_at IS NULL AND path LIKE '%7' THEN date_trunc('milliseconds', now()) END
       WHERE user_id = $1`,
      [userId],
    );
  await using database = await openDatabase({
    url: api.databaseUrl,
    poolSize: 2,
    applicationName: 'export-test',
  });
  const [session] = await api.sql('SELECT id FROM sessions WHERE user_id = $1', [userId]);
  const origin = { address: '127.0.0.1', userAgent: null };
  const principal = { kind: 'session', userId, sessionId: String(session?.['id']), origin } as const;
  const parts = await exportAccount({ database, newId: randomUUID, now: () => new Date() }, principal);
  const versions = [];
  for await (const part of parts) {
    versions.push(...versionsOf(part.toString()));
    await shuffle();
  }
  const files = await api.sql('SELECT id FROM files WHERE user_id = $1', [userId]);
  expect(versions.map(({ fileId }) => fileId).toSorted()).toEqual(
    files.map(({ id }) => String(id)).toSorted(),
  );
});
