/**
 * What the api is measured against: routes that do nothing but ask the same database, by the very statements of the api,
 * prepared as those are, and answer with what it said; for an upload they make its file as well.
 * It asks nobody who they are, checks nothing, and knows no tRPC.
 */
import { randomUUID } from 'node:crypto';
import { on } from 'node:events';
import { close, open } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fastify from 'fastify';
import { Pool, type QueryConfig, type QueryResult, type QueryResultRow, types } from 'pg';
import { z } from 'zod';

const startSchema = z.object({
  databaseUrl: z.string(),
  poolSize: z.number(),
  userId: z.string(),
  /** As the api asks it: of the user `$1`, with the limit `$2`, behind the path `$3` if there is one. */
  listSql: z.string(),
  /** As the api creates an upload: see `UploadRepository.open` for its parameters. */
  uploadSql: z.string(),
  /** For the files of uploads, beside those of the api. */
  folder: z.string(),
  limit: z.number(),
  afterPath: z.string().optional(),
});
type Start = z.infer<typeof startSchema>;

/** Prepared, and asked with a callback, as the api does (see `postgres-client.ts`). */
type Ask = <Row extends QueryResultRow>(statement: QueryConfig) => Promise<QueryResult<Row>>;

const openDescriptor = promisify(open);
/** It asks nobody who they are. */
const NO_CLAIM = [null, null, null, null];
const HOUR_MS = 3_600_000;
const bodySchema = z.object({ path: z.string(), sizeBytes: z.number() });

async function start(options: Start): Promise<{ readonly port: number }> {
  types.setTypeParser(types.builtins.INT8, Number);
  const pool = new Pool({ connectionString: options.databaseUrl, max: options.poolSize });
  const ask: Ask = (statement) =>
    new Promise((resolve, reject) => {
      pool.query(statement, (error: Error | null, result) => {
        if (error) reject(error);
        else resolve(result);
      });
    });
  const app = fastify();
  app.get('/files', async () => {
    const { userId, listSql, limit, afterPath } = options;
    const parameters = [userId, limit + 1, ...(afterPath === undefined ? [] : [afterPath])];
    const { rows } = await ask<{ readonly path: string }>({
      name: 'list',
      text: listSql,
      values: parameters,
    });
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.path ?? null) : null };
  });
  app.post('/uploads', ({ body }) => createUpload(ask, options, bodySchema.parse(body)));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(address).port) };
}

/** Books the bytes, notes the session, and makes the file that its bytes go to. */
async function createUpload(
  ask: Ask,
  { userId, uploadSql, folder }: Start,
  { path, sizeBytes }: z.infer<typeof bodySchema>,
) {
  const [id, expiresAt] = [randomUUID(), new Date(Date.now() + HOUR_MS)];
  const key = `${userId}/${id}`;
  const upload = [id, path, sizeBytes, null, 'text/plain', null, key, null, expiresAt, `${sizeBytes}`];
  const values = [userId, sizeBytes, ...NO_CLAIM, ...upload];
  const [{ rowCount }] = await Promise.all([
    ask({ name: 'upload', text: uploadSql, values }),
    openDescriptor(join(folder, `${id}.part`), 'wx').then((file) => close(file, () => {})),
  ]);
  if (rowCount !== 1) throw new Error('there is no room for it');
  return { upload: { id, url: `/uploads/${id}`, method: 'PUT', expiresAt } };
}

process.once('disconnect', () => process.exit());
for await (const [message] of on(process, 'message')) process.send?.(await start(startSchema.parse(message)));
