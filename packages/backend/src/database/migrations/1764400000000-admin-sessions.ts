import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  'ALTER TABLE sessions ADD COLUMN for_admin boolean NOT NULL DEFAULT false',
  // Until the database has looked at the column by itself it takes half of all users for admins, and reads the table whole.
  'ANALYZE users (is_admin)',
];

/** Sessions of the admin pages are known from others: they end with the flag, and no other lets anybody in there (ADR 27). */
export class AdminSessions1764400000000 implements MigrationInterface {
  readonly name = 'AdminSessions1764400000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE sessions DROP COLUMN for_admin');
  }
}
