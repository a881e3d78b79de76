import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createLog } from '@instashare/backend/log';
import { batchBlobs, createJobQueue } from '@instashare/backend/queue';
import { isRedisInstalled, startRedis } from '@instashare/backend/testing';
import { describe, expect, test, vi } from 'vitest';
import { startWorkerProcess } from '../support/worker-process.ts';
import { dense, openWorkerWorld, text, type WorkerWorld } from '../support/world.ts';

const MIB = 1024 * 1024;
const log = createLog({ name: 'test', level: 'silent' });

/** Small and large, alone and sharing an object, and some of it twice. */
async function fill(world: WorkerWorld): Promise<Map<string, Buffer>> {
  const twice = text(4000);
  const alone = [
    ...Array.from({ length: 120 }, (_, index) => text(1500 + 10 * index)),
    twice,
    twice,
    twice,
    dense(20 * MIB),
    text(12 * MIB),
    dense(3 * MIB),
  ];
  const contents = new Map<string, Buffer>();
  for (const content of alone) contents.set(await world.store(content), content);
  const shared = Array.from({ length: 40 }, (_, index) => text(500 + 50 * index));
  const { ids } = await world.storePack(shared);
  for (const [index, id] of ids.entries()) contents.set(id, shared[index] ?? Buffer.alloc(0));
  return contents;
}

const unsettled = "SELECT count(*)::int AS count FROM blobs WHERE status <> 'ready'";

describe.each(['PostgreSQL', 'Redis'])('three worker processes with the queue on %s', (backend) => {
  const isMissing = backend === 'Redis' && !isRedisInstalled() && process.env['CI'] === undefined;

  test.skipIf(isMissing)(
    'share the work, take over from one that is killed, and come to what one alone comes to',
    async () => {
      await using world = await openWorkerWorld();
      await using stack = new AsyncDisposableStack();
      const redisUrl = backend === 'Redis' ? stack.use(await startRedis()).url : null;
      const queue = stack.use(await createJobQueue({ databaseUrl: world.databaseUrl, redisUrl, log }));
      const contents = await fill(world);
      const environment = { WORKER_CONCURRENCY: '1', COMPRESSION_LEVEL: '9', LOG_LEVEL: 'info' };
      const start = async () =>
        stack.use(await startWorkerProcess(world, { ...environment, REDIS_URL: redisUrl ?? '' }));
      const workers = await Promise.all([start(), start(), start()]);

      const sizes = [...contents].map(([id, { length }]) => ({ id, sizeBytes: length }));
      // More jobs than one for each worker.
      for (let from = 0; from < sizes.length; from += 15) {
        for (const { blobIds, priority } of batchBlobs(sizes.slice(from, from + 15))) {
          await queue.enqueue('compress-blobs', { blobIds }, { priority });
        }
      }
      const [first, ...others] = workers;
      await vi.waitFor(async () => expect(await queue.activeCompressions()).not.toEqual([]), {
        timeout: 10_000,
      });
      first?.child.kill('SIGKILL');
      await vi.waitFor(async () => expect(await world.sql(unsettled)).toEqual([{ count: 0 }]), {
        timeout: 60_000,
        interval: 250,
      });

      for (const worker of others) expect(worker.output()).toContain('"compressed"');
      const owners = await world.sql(
        'SELECT v.blob_id AS id, f.path FROM file_versions v JOIN files f ON f.current_version_id = v.id',
      );
      expect(owners).toHaveLength(contents.size);
      for (const [id, content] of contents) {
        const [kept] = await world.database.repositories.blobs.findMany([id]);
        // Of content that is there twice only one is kept.
        if (kept !== undefined) expect((await world.read(id)).equals(content)).toBe(true);
      }
      expect(await world.sql('SELECT count(*)::int AS count FROM blobs')).toEqual([
        { count: contents.size - 2 },
      ]);
      expect(await world.sql("SELECT count(*)::int AS count FROM changes WHERE kind <> 'ready'")).toEqual([
        { count: 0 },
      ]);
      expect(await world.sql('SELECT count(*)::int AS count FROM changes')).toEqual([
        { count: contents.size },
      ]);
      expect(await strays(world)).toEqual([]);
    },
    120_000,
  );
});

/** Objects that neither hold content nor are on their way out. */
async function strays(world: WorkerWorld): Promise<string[]> {
  const rows = await world.sql('SELECT object_key FROM blobs UNION SELECT object_key FROM object_deletions');
  const known = new Set(rows.map((row) => String(row['object_key'])));
  const names = await readdir(join(world.dataDir, 'objects', world.userId));
  return names.map((name) => `${world.userId}/${name}`).filter((key) => !known.has(key));
}
