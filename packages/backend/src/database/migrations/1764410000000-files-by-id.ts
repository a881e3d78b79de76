import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All files of a user, deleted or not, in an order that nothing that happens to a file changes: what an export reads by. */
export class FilesById1764410000000 implements MigrationInterface {
  readonly name = 'FilesById1764410000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX files_by_id ON files (user_id, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX files_by_id');
  }
}
