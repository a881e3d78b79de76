import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name text,
    password_hash text NOT NULL,
    quota_bytes bigint CHECK (quota_bytes >= 0),
    used_bytes bigint NOT NULL DEFAULT 0 CHECK (used_bytes >= 0),
    change_seq bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT users_email_key UNIQUE (email)
  )`,
  `CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    device_name text,
    refresh_token_sha256 bytea NOT NULL CHECK (octet_length(refresh_token_sha256) = 32),
    generation integer NOT NULL DEFAULT 0,
    rotated_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE INDEX sessions_user_id ON sessions (user_id)',
  'CREATE INDEX sessions_expiry ON sessions (expires_at)',
  `CREATE TABLE blobs (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    object_key text NOT NULL,
    object_offset bigint CHECK (object_offset >= 0),
    encoding text NOT NULL CHECK (encoding IN ('identity', 'zstd')),
    stored_bytes bigint NOT NULL CHECK (stored_bytes >= 0),
    status text NOT NULL CHECK (status IN ('stored', 'ready', 'failed')),
    verified_at timestamptz,
    failure text,
    enqueued_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (status <> 'ready' OR verified_at IS NOT NULL),
    CHECK ((status = 'failed') = (failure IS NOT NULL)),
    CHECK (encoding = 'zstd' OR stored_bytes = size_bytes)
  )`,
  // Only content that the server has verified may stand in for another upload of the same content.
  `CREATE UNIQUE INDEX blobs_verified_content ON blobs (user_id, sha256)
    WHERE verified_at IS NOT NULL`,
  'CREATE INDEX blobs_object_key ON blobs (object_key)',
  "CREATE INDEX blobs_unsettled ON blobs (enqueued_at) WHERE status = 'stored'",
  // Failed content is rare, and whoever asks for it must not read through all that is well.
  "CREATE INDEX blobs_failed ON blobs (user_id) WHERE status = 'failed'",
  // "C": paths are ordered and cut by their bytes, the same on every system, and a prefix is an index range.
  `CREATE TABLE files (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE RESTRICT,
    path text COLLATE "C" NOT NULL CHECK (octet_length(path) BETWEEN 1 AND 1024),
    current_version_id uuid,
    deleted_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  'CREATE UNIQUE INDEX files_live_path ON files (user_id, path) WHERE deleted_at IS NULL',
  'CREATE INDEX files_trash ON files (user_id, deleted_at, id) WHERE deleted_at IS NOT NULL',
  'CREATE INDEX files_purge ON files (deleted_at, id) WHERE deleted_at IS NOT NULL',
  `CREATE TABLE file_versions (
    id uuid PRIMARY KEY,
    file_id uuid NOT NULL REFERENCES files ON DELETE CASCADE,
    number integer NOT NULL CHECK (number >= 1),
    blob_id uuid NOT NULL REFERENCES blobs ON DELETE RESTRICT,
    content_type text NOT NULL,
    modified_at timestamptz CHECK (modified_at >= '0001-01-01 00:00Z' AND modified_at < '10000-01-01 00:00Z'),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT file_versions_number_key UNIQUE (file_id, number),
    CONSTRAINT file_versions_file_key UNIQUE (file_id, id)
  )`,
  'CREATE INDEX file_versions_blob_id ON file_versions (blob_id)',
  // With the file's id: it is one of its own versions, and whether one is current is found by the file's key.
  `ALTER TABLE files ADD CONSTRAINT files_current_version_fkey
    FOREIGN KEY (id, current_version_id) REFERENCES file_versions (file_id, id) DEFERRABLE INITIALLY DEFERRED`,
  `CREATE TABLE uploads (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    path text NOT NULL,
    size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
    sha256 bytea CHECK (octet_length(sha256) = 32),
    content_type text NOT NULL,
    modified_at timestamptz,
    object_key text NOT NULL,
    session text,
    state text NOT NULL CHECK (state IN ('pending', 'completed', 'ended')),
    reserved_bytes bigint NOT NULL CHECK (reserved_bytes >= 0),
    if_version integer CHECK (if_version >= 0),
    file_id uuid REFERENCES files ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT uploads_object_key_key UNIQUE (object_key),
    CHECK ((state = 'completed') = (file_id IS NOT NULL)),
    CHECK (state = 'pending' OR reserved_bytes = 0)
  )`,
  'CREATE INDEX uploads_expiry ON uploads (expires_at)',
  "CREATE INDEX uploads_pending ON uploads (id) WHERE state = 'pending'",
  "CREATE INDEX uploads_ended ON uploads (id) WHERE state = 'ended'",
  'CREATE INDEX uploads_file_id ON uploads (file_id) WHERE file_id IS NOT NULL',
  `CREATE TABLE changes (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    seq bigint NOT NULL,
    file_id uuid NOT NULL,
    version_id uuid,
    kind text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, seq)
  )`,
  // Content that lost a version, for the sweep to see whether it lost its last one.
  'CREATE TABLE unlinked_blobs (blob_id uuid PRIMARY KEY)',
  `CREATE TABLE object_deletions (
    object_key text PRIMARY KEY,
    due_at timestamptz NOT NULL
  )`,
  'CREATE INDEX object_deletions_due ON object_deletions (due_at)',
  `CREATE TABLE sweep_cursors (
    name text PRIMARY KEY,
    cursor text,
    updated_at timestamptz NOT NULL
  )`,
];

/** The first schema. Migrations are never edited once they have landed: add another. */
export class InitialSchema1764000000000 implements MigrationInterface {
  readonly name = 'InitialSchema1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('The first schema has nothing to go back to: restore a backup instead');
  }
}
