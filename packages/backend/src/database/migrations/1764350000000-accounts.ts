import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // Set: nobody can log in any more, and the sweep removes what is left of the account.
  'ALTER TABLE users ADD COLUMN deleted_at timestamptz',
  'CREATE INDEX users_deleted ON users (deleted_at) WHERE deleted_at IS NOT NULL',
  'ALTER TABLE sessions ADD COLUMN address text, ADD COLUMN user_agent text',
  `CREATE TABLE personal_access_tokens (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name text NOT NULL,
    token_sha256 bytea NOT NULL CHECK (octet_length(token_sha256) = 32),
    scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'write', 'share']),
    expires_at timestamptz,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL,
    CONSTRAINT personal_access_tokens_sha256_key UNIQUE (token_sha256)
  )`,
  'CREATE INDEX personal_access_tokens_user ON personal_access_tokens (user_id, id)',
  // A user of null: somebody tried to log in with an address that nobody has. It is written down like any other
  // failure, so that the answer takes as long.
  `CREATE TABLE audit_events (
    id uuid PRIMARY KEY,
    user_id uuid REFERENCES users ON DELETE CASCADE,
    kind text NOT NULL,
    address text,
    device text,
    user_agent text,
    session_id uuid,
    token_id uuid,
    details jsonb NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  'CREATE INDEX audit_events_user ON audit_events (user_id, id)',
  'CREATE INDEX audit_events_age ON audit_events (created_at)',
  // Counts of a minute: a crash of the database may forget them, and no log-in waits for the disk for their sake.
  `CREATE UNLOGGED TABLE attempts (
    key bytea PRIMARY KEY,
    count integer NOT NULL,
    resets_at timestamptz NOT NULL
  )`,
  'CREATE INDEX attempts_over ON attempts (resets_at)',
];

/** Deleted accounts, personal access tokens, the audit trail, and counts of attempts that all processes share. */
export class Accounts1764350000000 implements MigrationInterface {
  readonly name = 'Accounts1764350000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE attempts, audit_events, personal_access_tokens');
    await queryRunner.query('ALTER TABLE sessions DROP COLUMN address, DROP COLUMN user_agent');
    await queryRunner.query('ALTER TABLE users DROP COLUMN deleted_at');
  }
}
