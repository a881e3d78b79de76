import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  'ALTER TABLE users ADD COLUMN is_admin boolean NOT NULL DEFAULT false',
  // There are few of them, and whether there is one is asked by whoever comes to their page.
  'CREATE INDEX users_admins ON users (id) WHERE is_admin',
];

/** Users who may see the pages of who runs the server (ADR 27). */
export class Admins1764390000000 implements MigrationInterface {
  readonly name = 'Admins1764390000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE users DROP COLUMN is_admin');
  }
}
