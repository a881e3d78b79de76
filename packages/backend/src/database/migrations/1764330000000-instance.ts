import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  // One row: who this database is. What it keeps objects in carries the same id, so that no store is taken for another.
  `CREATE TABLE instance (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    is_only boolean NOT NULL DEFAULT true UNIQUE CHECK (is_only),
    store_marked_at timestamptz
  )`,
  'INSERT INTO instance DEFAULT VALUES',
];

export class Instance1764330000000 implements MigrationInterface {
  readonly name = 'Instance1764330000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE instance');
  }
}
