/**
 * What processes of each version write, by the migration that brought the table or the column: with the columns of
 * then, since that is what a process that still runs goes on to do after the database was migrated.
 */

/** Ids, keys and numbers that no other call of the same writes uses. */
export interface Unique {
  /** The same for the same `at`. */
  readonly id: (at: number) => string;
  /** A SHA-256 of something. */
  readonly hash: (at: number) => string;
  /** Text that a key or an address can begin with. */
  readonly name: string;
}

export interface OldVersion {
  /** Run in one transaction, as are those of the versions before. Every table that the migration makes gets a row. */
  readonly writes: (unique: Unique) => readonly string[];
  /** What the migration gives to rows that were there before, by table. */
  readonly adds: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const NOTHING = { writes: () => [], adds: {} };

export const OLD_VERSIONS: Readonly<Record<string, OldVersion>> = {
  InitialSchema1764000000000: {
    writes: ({ id, hash, name }) => [
      `INSERT INTO users (id, email, name, password_hash, quota_bytes, used_bytes, change_seq)
       VALUES ('${id(1)}', '${name}@example.org', 'Ada', 'hash', 1000000, 30, 1)`,
      `INSERT INTO sessions (id, user_id, device_name, refresh_token_sha256, generation, rotated_at, last_seen_at,
         expires_at)
       VALUES ('${id(2)}', '${id(1)}', 'laptop', ${hash(2)}, 3, now(), now(), now() + interval '90 days')`,
      `INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, object_offset, encoding, stored_bytes, status,
         verified_at, failure)
       VALUES
         ('${id(3)}', '${id(1)}', ${hash(3)}, 10, '${name}/stored', NULL, 'identity', 10, 'stored', NULL, NULL),
         ('${id(4)}', '${id(1)}', ${hash(4)}, 10, '${name}/ready', 5, 'zstd', 5, 'ready', now(), NULL),
         ('${id(5)}', '${id(1)}', ${hash(5)}, 10, '${name}/failed', NULL, 'identity', 10, 'failed', NULL, 'damaged')
       ON CONFLICT (user_id, sha256) WHERE verified_at IS NOT NULL DO NOTHING`,
      `INSERT INTO files (id, user_id, path, current_version_id, deleted_at)
       VALUES ('${id(6)}', '${id(1)}', 'a/live.txt', '${id(8)}', NULL),
         ('${id(7)}', '${id(1)}', 'a/gone.txt', '${id(9)}', now())`,
      `INSERT INTO file_versions (id, file_id, number, blob_id, content_type, modified_at)
       VALUES ('${id(8)}', '${id(6)}', 1, '${id(4)}', 'text/plain', '0001-01-01 00:00Z'),
         ('${id(9)}', '${id(7)}', 1, '${id(5)}', 'text/plain', NULL)`,
      `INSERT INTO uploads (id, user_id, path, size_bytes, sha256, content_type, object_key, session, state,
         reserved_bytes, if_version, file_id, expires_at)
       VALUES
         ('${id(10)}', '${id(1)}', 'b', 20, ${hash(6)}, 'text/plain', '${name}/b', 'here', 'pending', 20, 0, NULL, now()),
         ('${id(11)}', '${id(1)}', 'a/live.txt', 10, NULL, 'text/plain', '${name}/c', NULL, 'completed', 0, NULL,
           '${id(6)}', now()),
         ('${id(12)}', '${id(1)}', 'd', 10, NULL, 'text/plain', '${name}/d', NULL, 'ended', 0, NULL, NULL, now())`,
      `WITH booked AS (
         UPDATE users SET change_seq = change_seq + 1, used_bytes = greatest(0, used_bytes + 10)
         WHERE id = '${id(1)}' RETURNING change_seq
       )
       INSERT INTO changes (user_id, seq, file_id, version_id, kind)
       SELECT '${id(1)}', change_seq, '${id(6)}', '${id(8)}', 'created' FROM booked`,
      `INSERT INTO unlinked_blobs (blob_id) VALUES ('${id(5)}')`,
      `INSERT INTO object_deletions (object_key, due_at) VALUES ('${name}/old', now())
       ON CONFLICT (object_key) DO UPDATE SET due_at = greatest(object_deletions.due_at, excluded.due_at)`,
      `INSERT INTO sweep_cursors (name, cursor, updated_at) VALUES ('${name}', 'here', now())
       ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, updated_at = excluded.updated_at`,
    ],
    adds: {},
  },
  // Its only row is the migration's own.
  Instance1764330000000: NOTHING,
  PreviousPath1764340000000: {
    writes: ({ id }) => [
      `INSERT INTO changes (user_id, seq, file_id, version_id, kind, previous_path)
       VALUES ('${id(1)}', 3, '${id(6)}', '${id(8)}', 'moved', 'a/before.txt')`,
    ],
    adds: { changes: { previous_path: null } },
  },
  Accounts1764350000000: {
    writes: ({ id, hash, name }) => [
      `INSERT INTO users (id, email, password_hash, deleted_at) VALUES ('${id(20)}', '${name}@gone.org', 'hash', now())`,
      `INSERT INTO sessions (id, user_id, refresh_token_sha256, rotated_at, last_seen_at, expires_at, address, user_agent)
       VALUES ('${id(21)}', '${id(1)}', ${hash(21)}, now(), now(), now(), '192.0.2.1', 'curl')`,
      `INSERT INTO personal_access_tokens (id, user_id, name, token_sha256, scopes, created_at)
       VALUES ('${id(22)}', '${id(1)}', 'script', ${hash(22)}, ARRAY['read', 'share'], now())`,
      `INSERT INTO audit_events (id, user_id, kind, address, session_id, details, created_at)
       VALUES ('${id(23)}', '${id(1)}', 'log_in', '192.0.2.1', '${id(21)}', '{"why": null}', now())`,
      `INSERT INTO attempts (key, count, resets_at) VALUES (${hash(24)}, 2, now())
       ON CONFLICT (key) DO UPDATE SET count = attempts.count + 1`,
    ],
    adds: { users: { deleted_at: null }, sessions: { address: null, user_agent: null } },
  },
  Shares1764350000001: {
    writes: ({ id, hash }) => [
      `INSERT INTO shares (id, user_id, file_id, folder, token_sha256, expires_at, max_downloads, downloads, created_at)
       VALUES ('${id(30)}', '${id(1)}', '${id(6)}', NULL, ${hash(30)}, now(), 5, 5, now()),
         ('${id(31)}', '${id(1)}', NULL, 'a/', ${hash(31)}, NULL, NULL, 0, now())`,
    ],
    adds: {},
  },
  IdempotencyKeys1764370000000: {
    writes: ({ id, hash }) => [
      `INSERT INTO idempotency_keys (user_id, key_sha256, request_sha256, claim_id, claimed_until, answer, expires_at)
       VALUES ('${id(1)}', ${hash(40)}, ${hash(41)}, '${id(40)}', now(), '\\x00', now())
       ON CONFLICT (user_id, key_sha256) DO NOTHING`,
    ],
    adds: {},
  },
  Webhooks1764380000000: {
    writes: ({ id }) => [
      `INSERT INTO webhooks (id, user_id, url, path_prefix, seq, failing_since, created_at)
       VALUES ('${id(50)}', '${id(1)}', 'https://example.org', 'a/', 3, now(), now())`,
      `INSERT INTO webhook_deliveries (id, webhook_id, events, state, created_at, updated_at)
       VALUES ('${id(51)}', '${id(50)}', '[{}]', 'pending', now(), now())`,
    ],
    adds: {},
  },
  Admins1764390000000: {
    writes: ({ id, name }) => [
      `INSERT INTO users (id, email, password_hash, is_admin) VALUES ('${id(60)}', '${name}@admin.org', 'hash', true)`,
    ],
    adds: { users: { is_admin: false } },
  },
  AdminSessions1764400000000: {
    writes: ({ id, hash }) => [
      `INSERT INTO sessions (id, user_id, refresh_token_sha256, rotated_at, last_seen_at, expires_at, for_admin)
       VALUES ('${id(70)}', '${id(1)}', ${hash(70)}, now(), now(), now(), true)`,
    ],
    adds: { sessions: { for_admin: false } },
  },
  // Only an index.
  FilesById1764410000000: NOTHING,
  Strays1764420000000: {
    writes: ({ name }) => [
      `INSERT INTO object_deletions (object_key, due_at, is_stray) VALUES ('stray-${name}', now(), true)`,
    ],
    adds: { object_deletions: { is_stray: false } },
  },
};

/** Begins what belongs together: `round` is a number of its own for every call. */
export function uniqueOf(round: number): Unique {
  const idOf = (at: number) => `00000000-0000-7000-8000-${(round * 100 + at).toString(16).padStart(12, '0')}`;
  return {
    id: idOf,
    hash: (at) => `sha256(convert_to('${idOf(at)}', 'UTF8'))`,
    name: `name${round}`,
  };
}
