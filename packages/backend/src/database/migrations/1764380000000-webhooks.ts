import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `CREATE TABLE webhooks (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    url text NOT NULL,
    path_prefix text NOT NULL,
    seq bigint NOT NULL CHECK (seq >= 0),
    failing_since timestamptz,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK (disabled_at IS NULL OR failing_since IS NOT NULL)
  )`,
  'CREATE INDEX webhooks_user ON webhooks (user_id, id)',
  `CREATE TABLE webhook_deliveries (
    id uuid PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    events jsonb NOT NULL CHECK (jsonb_array_length(events) > 0),
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  )`,
  'CREATE INDEX webhook_deliveries_webhook ON webhook_deliveries (webhook_id, id)',
  `CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (updated_at) WHERE state = 'pending'`,
  `CREATE INDEX webhook_deliveries_over ON webhook_deliveries (updated_at) WHERE state <> 'pending'`,
];

/** Webhooks, and what is, or was, sent to them. */
export class Webhooks1764380000000 implements MigrationInterface {
  readonly name = 'Webhooks1764380000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE webhook_deliveries, webhooks');
  }
}
