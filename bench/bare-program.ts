/**
 * What the api is measured against: a route that does nothing but ask the same database and answer with what it said.
 * It asks nobody who they are, checks nothing, and knows no tRPC.
 */
import { randomUUID } from 'node:crypto';
import { on } from 'node:events';
import fastify from 'fastify';
import { Pool, types } from 'pg';
import { z } from 'zod';

const startSchema = z.object({
  databaseUrl: z.string(),
  poolSize: z.number(),
  userId: z.string(),
  /** As the api asks it: of the user `$1`, with the limit `$2`, behind the path `$3` if there is one. */
  listSql: z.string(),
  limit: z.number(),
  afterPath: z.string().optional(),
});
type Start = z.infer<typeof startSchema>;

const HOUR_MS = 3_600_000;
const bodySchema = z.object({ path: z.string(), sizeBytes: z.number() });

async function start(options: Start): Promise<{ readonly port: number }> {
  types.setTypeParser(types.builtins.INT8, Number);
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: options.poolSize,
    // As the api does for what promises nothing yet.
    options: '-c synchronous_commit=off',
  });
  const app = fastify();
  app.get('/files', async () => {
    const { userId, listSql, limit, afterPath } = options;
    const parameters = [userId, limit + 1, ...(afterPath === undefined ? [] : [afterPath])];
    const { rows } = await pool.query<{ readonly path: string }>(listSql, parameters);
    const items = rows.slice(0, limit);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.path ?? null) : null };
  });
  app.post('/uploads', ({ body }) => createUpload(pool, options.userId, bodySchema.parse(body)));
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { port: Number(new URL(address).port) };
}

/** Books the bytes and notes the session. */
async function createUpload(pool: Pool, userId: string, { path, sizeBytes }: z.infer<typeof bodySchema>) {
  const [id, expiresAt] = [randomUUID(), new Date(Date.now() + HOUR_MS)];
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `UPDATE users SET used_bytes = used_bytes + $2
       WHERE id = $1 AND (quota_bytes IS NULL OR used_bytes + $2 <= quota_bytes) RETURNING id`,
      [userId, sizeBytes],
    );
    await client.query(
      `INSERT INTO uploads (id, user_id, path, size_bytes, content_type, object_key, session, state, reserved_bytes, expires_at)
       VALUES ($1, $2, $3, $4, 'text/plain', $5, $6, 'pending', $4, $7)`,
      [id, userId, path, sizeBytes, `${userId}/${id}`, String(sizeBytes), expiresAt],
    );
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  return { upload: { id, url: `/uploads/${id}`, method: 'PUT', expiresAt } };
}

process.once('disconnect', () => process.exit());
for await (const [message] of on(process, 'message')) process.send?.(await start(startSchema.parse(message)));
