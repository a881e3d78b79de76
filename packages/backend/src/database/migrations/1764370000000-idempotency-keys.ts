import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // A claim without an answer: the request is under way, or its process died. The answer is sealed by the api.
  `CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    key_sha256 bytea NOT NULL CHECK (octet_length(key_sha256) = 32),
    request_sha256 bytea NOT NULL CHECK (octet_length(request_sha256) = 32),
    claim_id uuid NOT NULL,
    claimed_until timestamptz NOT NULL,
    answer bytea,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key_sha256)
  )`,
  'CREATE INDEX idempotency_keys_expired ON idempotency_keys (expires_at)',
];

/** Requests that say by a key which one they are, and what they were answered. */
export class IdempotencyKeys1764370000000 implements MigrationInterface {
  readonly name = 'IdempotencyKeys1764370000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotency_keys');
  }
}
