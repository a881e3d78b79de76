/** Starts the bare routes that the api is measured against, over the same database. */
import { openDatabase } from '@instashare/backend/database';
import { z } from 'zod';
import { type ChildProgram, startProgram } from './child-program.ts';

/** As many connections as the api has unless it is told otherwise. */
const POOL_SIZE = 12;

export interface ListedPage {
  readonly userId: string;
  readonly limit: number;
  readonly afterPath?: string;
}

/** A page of a listing, and the statement that the api asks the database for it. */
export async function listStatement(
  databaseUrl: string,
  { userId, limit, afterPath }: ListedPage,
): Promise<{ readonly sql: string; readonly parameters: readonly unknown[] }> {
  let sql = '';
  await using database = await openDatabase({
    url: databaseUrl,
    poolSize: 1,
    applicationName: 'bench',
    onQuery: [
      (query) => {
        sql = query.sql;
      },
    ],
  });
  const page = { prefix: '', status: null, afterPath: afterPath ?? null, limit: limit + 1 };
  await database.repositories.files.list(userId, page);
  return { sql, parameters: [userId, limit + 1, ...(afterPath === undefined ? [] : [afterPath])] };
}

export async function startBare(
  databaseUrl: string,
  page: ListedPage,
): Promise<{ readonly port: number; readonly program: ChildProgram }> {
  const { sql: listSql } = await listStatement(databaseUrl, page);
  const program = startProgram('bare-program.ts');
  const message = { databaseUrl, poolSize: POOL_SIZE, listSql, ...page };
  const { port } = await program.ask(message, z.object({ port: z.number() }));
  return { port, program };
}
