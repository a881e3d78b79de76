import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which deletions are of objects that nothing named when they were found, and not of such that were let go of. */
export class Strays1764420000000 implements MigrationInterface {
  readonly name = 'Strays1764420000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE object_deletions ADD COLUMN is_stray boolean NOT NULL DEFAULT false',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE object_deletions DROP COLUMN is_stray');
  }
}
