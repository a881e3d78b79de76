import { randomUUID, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNewId, openDatabase, migrate } from '@instashare/backend/database';
import { linkVersions } from '@instashare/backend/versions';
import { Client } from 'pg';

const cpu = (pid: number) => { const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (Number(f[11]) + Number(f[12])) * 10; };
async function once(prepare: string[]) {
  const name = `exp_${randomUUID().slice(0,8)}`; const base = process.env.BASE!; const ad = new Client({ connectionString: `${base}/postgres` }); await ad.connect(); await ad.query(`CREATE DATABASE ${name}`); const t = { url: `${base}/${name}` }; await migrate(t.url, { onBlocked() {} });
  const c = new Client({ connectionString: t.url }); await c.connect();
  const db = await openDatabase({ url: t.url, poolSize: 1, applicationName: 'exp' });
  for (const s of prepare) await c.query(s);
  const userId = randomUUID();
  await db.repositories.users.insert({ id: userId, email: 'a@b.c', name: null, passwordHash: 'x' });
  const { rows } = await c.query("SELECT pid FROM pg_stat_activity WHERE application_name='exp'");
  const pid = rows[0].pid;
  const newId = createNewId();
  const run = async (n: number) => {
    for (let b = 0; b < n; b++) {
      const contents = Array.from({ length: 1000 }, (_, i) => ({ path: `folder ${b}/some/path/to/file ${n} ${i}.ts`, contentType: 'text/plain', modifiedAt: new Date(), sha256: createHash('sha256').update(`${n} ${b} ${i}`).digest('hex'), sizeBytes: 100, object: { key: `${userId}/${b}${n}`, offset: i * 100, verified: true } }));
      await db.transaction(async (r) => {
        const linked = await linkVersions({ newId, now: () => new Date() }, r, { userId, contents });
        await r.changes.record(userId, linked.flatMap((l) => l?.change ?? []), 5);
      });
    }
  };
  await run(1);
  const before = cpu(pid); const t0 = performance.now();
  await run(8);
  const out = [cpu(pid) - before, Math.round(performance.now() - t0)];
  await c.end(); await db[Symbol.asyncDispose](); await ad.query(`DROP DATABASE ${name} WITH (FORCE)`); await ad.end();
  return out;
}
const userFks = ['ALTER TABLE files DROP CONSTRAINT files_user_id_fkey', 'ALTER TABLE blobs DROP CONSTRAINT blobs_user_id_fkey', 'ALTER TABLE changes DROP CONSTRAINT changes_user_id_fkey'];
const otherFks = ['ALTER TABLE files DROP CONSTRAINT files_current_version_fkey', 'ALTER TABLE file_versions DROP CONSTRAINT file_versions_file_id_fkey', 'ALTER TABLE file_versions DROP CONSTRAINT file_versions_blob_id_fkey'];
const idx = ['DROP INDEX blobs_object_key', 'DROP INDEX blobs_unsettled'];
for (let k = 0; k < 3; k++) {
  console.log('as is', await once([]));
  console.log('no user fks', await once(userFks));
  console.log('no fks', await once([...userFks, ...otherFks]));
  console.log('no fks, fewer idx', await once([...userFks, ...otherFks, ...idx]));
}
