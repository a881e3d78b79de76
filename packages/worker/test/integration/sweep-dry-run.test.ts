import { randomUUID } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { setAge, strayObject } from '../support/stray-objects.ts';
import { openUpload, type SweeperOptions, sweeper } from '../support/sweeper.ts';
import { openWorkerWorld, sha256Of, text, type WorkerWorld } from '../support/world.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Everything there is, to be compared. */
async function everything(world: WorkerWorld) {
  const tables = await world.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  const rows: unknown[] = [];
  for (const table of tables.map(({ tablename }) => String(tablename))) {
    rows.push({
      table,
      rows: await world.sql(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)`),
    });
  }
  const objects = await readdir(join(world.dataDir, 'objects'), { recursive: true });
  return { rows, objects: objects.toSorted() };
}

async function expectDryRun(
  world: WorkerWorld,
  atMs: number,
  { counts, ...options }: SweeperOptions & { readonly counts: Readonly<Record<string, number>> },
): Promise<void> {
  const before = await everything(world);
  const sweep = sweeper(world, options);
  expect(await sweep.dryRunAt(atMs)).toEqual(counts);
  expect(sweep.enqueued).toEqual([]);
  expect(await everything(world)).toEqual(before);
}

/** What is past its time, of each kind one, but for what a sweep finds in the store. */
async function addOldThings(world: WorkerWorld): Promise<void> {
  const { userId } = world;
  const [file, webhook] = [randomUUID(), randomUUID()];
  const bytes = `decode('${'ab'.repeat(32)}', 'hex')`;
  const longAgo = "now() - interval '200 days'";
  await world.sql(`
    INSERT INTO users (id, email, password_hash, deleted_at) VALUES ('${randomUUID()}', 'gone@b.c', '', now());
    INSERT INTO sessions (id, user_id, refresh_token_sha256, rotated_at, last_seen_at, expires_at)
      VALUES ('${randomUUID()}', '${userId}', ${bytes}, ${longAgo}, ${longAgo}, ${longAgo});
    INSERT INTO audit_events (id, user_id, kind, details, created_at)
      VALUES ('${randomUUID()}', '${userId}', 'logged_in', '{}', ${longAgo});
    INSERT INTO attempts (key, count, resets_at) VALUES (${bytes}, 1, ${longAgo});
    INSERT INTO idempotency_keys (user_id, key_sha256, request_sha256, claim_id, claimed_until, expires_at)
      VALUES ('${userId}', ${bytes}, ${bytes}, '${randomUUID()}', ${longAgo}, ${longAgo});
    INSERT INTO webhooks (id, user_id, url, path_prefix, seq, created_at)
      VALUES ('${webhook}', '${userId}', 'https://example.org', '', 0, ${longAgo});
    INSERT INTO webhook_deliveries (id, webhook_id, events, state, created_at, updated_at)
      SELECT gen_random_uuid(), '${webhook}', '[{}]', state, ${longAgo}, ${longAgo}
      FROM unnest(ARRAY['pending', 'delivered']) AS state;
    INSERT INTO changes (user_id, seq, file_id, kind, created_at)
      VALUES ('${userId}', 1, '${file}', 'purged', ${longAgo}), ('${userId}', 2, '${file}', 'purged', now());
    UPDATE users SET change_seq = 2 WHERE id = '${userId}'`);
}

test('S4: a dry run says what would be done, and changes nothing at all', async () => {
  await using world = await openWorkerWorld();
  const { blobs, uploads } = world.database.repositories;
  await world.store(text(100));
  const missing = await world.store(text(200));
  await world.objects.delete((await world.blob(missing)).objectKey);
  const unlinked = await world.store(text(300));
  await blobs.repointVersions(unlinked, missing);
  await openUpload(world, { sizeBytes: 5, expiresInMs: 1000 });
  const cancelled = await openUpload(world, { sizeBytes: 5 });
  await uploads.end(cancelled.id, world.now);
  const forgotten = await openUpload(world, { sizeBytes: 4, sha256: sha256Of(Buffer.from('all!')) });
  await world.objects.delete(forgotten.objectKey);
  await world.objects.put(forgotten.objectKey, Readable.from([Buffer.from('all!')]));
  await strayObject(world, 3 * DAY_MS);

  await expectDryRun(world, 2 * HOUR_MS, {
    counts: {
      requeuedBlobs: 3,
      completedUploads: 1,
      removedUploads: 2,
      removedBlobs: 1,
      deletedObjects: 1,
      strayObjects: 1,
      missingObjects: 1,
    },
  });
});

test('S4: nor does one when all else is past its time, or is left behind in the store', async () => {
  await using world = await openWorkerWorld();
  const { files, trash } = world.database.repositories;
  await addOldThings(world);
  const [kept, older, deleted] = [
    await world.store(text(5000)),
    await world.store(text(6000)),
    await world.store(text(7000)),
  ];
  const pack = await world.storePack([text(9000), text(9000), text(9000)]);
  await world.compress([kept, older, deleted, ...pack.ids]);
  const fileIdOf = async (blobId: string) => {
    const [use] = await files.withContent([blobId]);
    return use?.fileId ?? expect.fail();
  };
  // A file of two versions, one in the trash, and a shared object of which a third is in use.
  const fileId = await fileIdOf(kept);
  const version = { id: randomUUID(), fileId, number: 2, blobId: older };
  await files.addVersions([{ ...version, contentType: 'text/plain', modifiedAt: null }]);
  await trash.put(world.userId, await fileIdOf(deleted));
  const gone = pack.ids.slice(1);
  await world.sql(`DELETE FROM files WHERE id IN ('${await fileIdOf(gone[0] ?? '')}', '${await fileIdOf(gone[1] ?? '')}');
    DELETE FROM blobs WHERE id IN ('${gone.join("', '")}')`);
  await setAge(world, (await world.blob(pack.ids[0] ?? '')).objectKey, DAY_MS);
  const stray = `${world.userId}/${randomUUID()}.part`;
  await writeFile(join(world.dataDir, 'objects', stray), 'half');
  await setAge(world, stray, 2 * DAY_MS);

  const retention = { trashDays: 30, versionsKept: 1, versionsKeptDays: 30, changesDays: 60, auditDays: 180 };
  await expectDryRun(world, 31 * DAY_MS, {
    dependencies: { retention },
    counts: {
      requeuedDeliveries: 1,
      removedAccounts: 1,
      purgedFiles: 1,
      prunedVersions: 1,
      deletedObjects: 4,
      prunedChanges: 1,
      removedSessions: 1,
      removedAuditEvents: 1,
      removedDeliveries: 1,
      forgottenAttempts: 1,
      forgottenKeys: 1,
      strayUploads: 1,
      repackedObjects: 1,
    },
  });
});
