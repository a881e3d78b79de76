import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever follows a part of the files by a prefix is to learn that one has left it. Processes of the version
 * before leave the column out.
 */
export class PreviousPath1764340000000 implements MigrationInterface {
  readonly name = 'PreviousPath1764340000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE changes ADD COLUMN previous_path text');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE changes DROP COLUMN previous_path');
  }
}
