/** Many files of one account, written to the database as uploads would have left them: without the years that would take. */
import { Client } from 'pg';

export const MANY = 1_000_000;
export const SOME = 100_000;
export const FEW = 10_000;
const FILES_IN_A_FOLDER = 1000;
/** Failed ones in each account, whatever its size: then the same page is asked for. */
const FAILED = 100;

export const folderAt = (at: number): string =>
  `folder ${String(Math.floor(at / FILES_IN_A_FOLDER)).padStart(6, '0')}/`;

/** The path of one of them, from 0, in the order of paths. */
export const pathAt = (at: number): string => `${folderAt(at)}file ${String(at).padStart(9, '0')}.txt`;

const statementsFor = (count: number, email: string): string[] => [
  // Files and their versions name each other.
  'BEGIN',
  `CREATE TEMP TABLE made AS
   SELECT n, n % ${Math.max(1, Math.floor(count / FAILED))} = 0 AS is_failed, id AS user_id,
          uuidv7() AS file_id, uuidv7() AS version_id, uuidv7() AS blob_id
   FROM users, generate_series(0, ${count - 1}) AS n WHERE email = ${email}`,
  `INSERT INTO blobs (id, user_id, sha256, size_bytes, object_key, encoding, stored_bytes, status, verified_at, failure)
   SELECT blob_id, user_id, sha256(blob_id::text::bytea), 1, user_id || '/' || blob_id, 'identity', 1,
          CASE WHEN is_failed THEN 'failed' ELSE 'ready' END, CASE WHEN NOT is_failed THEN now() END,
          CASE WHEN is_failed THEN 'made so' END
   FROM made`,
  `INSERT INTO files (id, user_id, path, current_version_id)
   SELECT file_id, user_id,
          'folder ' || lpad((n / ${FILES_IN_A_FOLDER})::text, 6, '0') || '/file ' || lpad(n::text, 9, '0') || '.txt',
          version_id
   FROM made`,
  `INSERT INTO file_versions (id, file_id, number, blob_id, content_type)
   SELECT version_id, file_id, 1, blob_id, 'text/plain' FROM made`,
  `INSERT INTO changes (user_id, seq, file_id, version_id, kind)
   SELECT user_id, n + 1, file_id, version_id, 'created' FROM made`,
  `UPDATE users SET used_bytes = ${count}, change_seq = ${count} WHERE email = ${email}`,
  'DROP TABLE made',
  'COMMIT',
  // As autovacuum leaves them.
  'VACUUM (ANALYZE) users, blobs, files, file_versions, changes',
];

/** Gives an account without files `count` of them. */
export async function makeFiles(databaseUrl: string, count: number, email: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const statement of statementsFor(count, client.escapeLiteral(email))) await client.query(statement);
  } finally {
    await client.end();
  }
}
