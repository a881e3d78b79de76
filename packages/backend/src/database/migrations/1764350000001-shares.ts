import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE shares (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    file_id uuid REFERENCES files ON DELETE CASCADE,
    folder text COLLATE "C" CHECK (folder LIKE '_%/'),
    token_sha256 bytea NOT NULL CHECK (octet_length(token_sha256) = 32),
    password_hash text,
    expires_at timestamptz,
    max_downloads integer CHECK (max_downloads > 0),
    downloads integer NOT NULL DEFAULT 0 CHECK (downloads >= 0),
    created_at timestamptz NOT NULL,
    CONSTRAINT shares_token_key UNIQUE (token_sha256),
    CHECK ((file_id IS NULL) <> (folder IS NULL)),
    CHECK (max_downloads IS NULL OR downloads <= max_downloads)
  )`,
  'CREATE INDEX shares_user ON shares (user_id, id)',
  'CREATE INDEX shares_file ON shares (file_id) WHERE file_id IS NOT NULL',
];

/** Share links. */
export class Shares1764350000001 implements MigrationInterface {
  readonly name = 'Shares1764350000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE shares');
  }
}
