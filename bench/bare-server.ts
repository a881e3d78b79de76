/** Starts the bare routes that the api is measured against, over the same database. */
import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@instashare/backend/database';
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
  const sql = await sentBy(databaseUrl, async ({ repositories }) => {
    const page = { prefix: '', status: null, afterPath: afterPath ?? null, limit: limit + 1 };
    await repositories.files.list(userId, page);
  });
  return { sql, parameters: [userId, limit + 1, ...(afterPath === undefined ? [] : [afterPath])] };
}

/** The statement by which the api creates an upload. For that one is created: it expires at once, and holds no bytes. */
const uploadStatement = (databaseUrl: string, userId: string): Promise<string> =>
  sentBy(databaseUrl, async ({ repositories }) => {
    const id = randomUUID();
    await repositories.uploads.open(userId, [
      {
        id,
        path: 'asked for',
        sizeBytes: 0,
        sha256: null,
        contentType: 'text/plain',
        modifiedAt: null,
        objectKey: `${userId}/${id}`,
        expiresAt: new Date(0),
        session: '0',
      },
    ]);
  });

/** The one statement that `ask` sends. */
async function sentBy(databaseUrl: string, ask: (database: Database) => Promise<void>): Promise<string> {
  const sent: string[] = [];
  const onQuery = [({ sql }: { readonly sql: string }) => sent.push(sql)];
  await using database = await openDatabase({
    url: databaseUrl,
    poolSize: 1,
    applicationName: 'bench',
    onQuery,
  });
  // What it asks when it begins is no part of it.
  sent.length = 0;
  await ask(database);
  const [sql] = sent;
  if (sql === undefined || sent.length > 1) throw new Error(`that was ${sent.length} statements, not one`);
  return sql;
}

export async function startBare(
  { databaseUrl, folder }: { readonly databaseUrl: string; readonly folder: string },
  page: ListedPage,
): Promise<{ readonly port: number; readonly program: ChildProgram }> {
  const { sql: listSql } = await listStatement(databaseUrl, page);
  const uploadSql = await uploadStatement(databaseUrl, page.userId);
  const program = startProgram('bare-program.ts');
  const message = { databaseUrl, poolSize: POOL_SIZE, listSql, uploadSql, folder, ...page };
  const { port } = await program.ask(message, z.object({ port: z.number() }));
  return { port, program };
}
