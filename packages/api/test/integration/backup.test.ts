import { mkdtempDisposable, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@instashare/backend/testing';
import { createShareResultSchema } from '@instashare/contracts';
import { expect, test } from 'vitest';
import { everythingOf, makeOwner } from '../support/owned-things.ts';
import { runAdmin, type ServerPlace, startAdmin, startWorker } from '../support/server-programs.ts';
import { sha256Of, startTestApi, type TestApi } from '../support/test-api.ts';

/** What the command ends with, and says. */
const ends = (code: number, text: RegExp) => ({ code, output: expect.stringMatching(text) as unknown });

const SOON = { timeout: 60_000 };

const words = (name: string, length = 3000) => `${name} `.repeat(Math.ceil(length / (name.length + 1)));

/** An empty database, without even a schema, and an empty folder. */
async function emptyPlace() {
  await using made = new AsyncDisposableStack();
  const database = made.use(await createTestDatabase({ empty: true }));
  const folder = made.use(await mkdtempDisposable(join(tmpdir(), 'restored-')));
  const all = made.move();
  return { databaseUrl: database.url, dataDir: folder.path, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

const serve = ({ databaseUrl, dataDir }: ServerPlace) =>
  startTestApi({ DATABASE_URL: databaseUrl, INSTASHARE_DATA_DIR: dataDir });

/** Uploads, overwrites and deletes as fast as it can until it is told to stop. Gives what it was told is stored. */
function keepWriting(api: TestApi, token: string) {
  const over = new AbortController();
  const stored: string[] = [];
  const done = (async () => {
    for (let count = 0; !over.signal.aborted; count += 1) {
      const { body } = await api.upload(token, `busy/${count}`, words(`busy ${count}`));
      stored.push(body.file.path);
      await api.upload(token, 'busy/same', words(`version ${count}`));
      if (count % 3 === 0) await api.request('DELETE', `/files/${body.file.id}`, { token });
    }
  })();
  return {
    stored,
    async stop() {
      over.abort();
      await done;
    },
  };
}

/** Every file that the database names, of every user, with the content it should have; versions and trash too. */
const EVERY_VERSION = `
  SELECT f.user_id AS "userId", f.id, v.number, encode(b.sha256, 'hex') AS sha256
  FROM file_versions v JOIN files f ON f.id = v.file_id JOIN blobs b ON b.id = v.blob_id WHERE f.deleted_at IS NULL`;

async function requireAllDownloads(api: TestApi, tokens: ReadonlyMap<string, string>): Promise<number> {
  const versions = await api.sql(EVERY_VERSION, []);
  for (const { userId, id, number, sha256 } of versions) {
    const token = tokens.get(String(userId)) ?? '';
    const path = `/files/${String(id)}/versions/${String(number)}/content`;
    expect(sha256Of((await api.request('GET', path, { token })).text)).toBe(sha256);
  }
  return versions.length;
}

/** What is under way when a backup is made is in none. */
async function settledThingsOf(api: TestApi, userId: string) {
  const [reserved] = await api.sql(
    'SELECT coalesce(sum(reserved_bytes), 0)::int AS bytes FROM uploads WHERE user_id = $1',
    [userId],
  );
  const [user] = await api.sql(
    'SELECT to_jsonb(u) - $2::text AS row, used_bytes::int AS used FROM users u WHERE id = $1',
    [userId, 'used_bytes'],
  );
  const { users: _, uploads: __, ...everything } = await everythingOf(api, userId);
  const uploads = await api.sql(
    "SELECT to_jsonb(u) AS row FROM uploads u WHERE user_id = $1 AND state = 'completed'",
    [userId],
  );
  return {
    ...everything,
    uploads,
    user: user?.['row'],
    used: Number(user?.['used']) - Number(reserved?.['bytes']),
  };
}

test('a backup made while everybody writes is restored with every file, version, share, session and the trash', async () => {
  await using api = await startTestApi();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const backup = join(folder.path, 'backup');
  const owner = await makeOwner(api);
  // Nobody out there is to be told.
  await api.sql('UPDATE webhooks SET failing_since = now(), disabled_at = now()', []);
  await api.sql('DELETE FROM webhook_deliveries', []);
  const busy = await api.register();
  await api.upload(owner.token, 'folder/private.txt', words('the second version', 200_000));
  const shared = await api.request('POST', '/shares', {
    token: owner.token,
    json: { fileId: owner.ids['file'] },
  });
  const { url: shareUrl } = createShareResultSchema.parse(shared.body);
  {
    await using _ = await startWorker(api);
    const stored = "SELECT count(*)::int AS count FROM blobs WHERE status = 'stored'";
    await expect.poll(() => api.sql(stored, []), SOON).toEqual([{ count: 0 }]);
    const before = await settledThingsOf(api, owner.userId);
    const writing = keepWriting(api, busy.token);
    await expect.poll(() => writing.stored.length, SOON).toBeGreaterThan(10);
    const sure = [...writing.stored];
    expect(await runAdmin(api, 'backup', backup, '--verify')).toEqual(ends(0, /^Whole: /));
    await writing.stop();

    await using place = await emptyPlace();
    expect(await runAdmin(place, 'restore', backup, '--verify')).toEqual(ends(0, /^Restored as of /));
    await using restored = await serve(place);
    expect(await settledThingsOf(restored, owner.userId)).toEqual(before);
    const tokens = new Map([
      [owner.userId, owner.token],
      [busy.userId, busy.token],
    ]);
    expect(await requireAllDownloads(restored, tokens)).toBeGreaterThan(sure.length);
    const paths = await restored.sql("SELECT path FROM files WHERE path LIKE 'busy/%'", []);
    const restoredPaths = new Set(paths.map(({ path }) => path));
    expect(sure.filter((path) => !restoredPaths.has(path))).toEqual([]);

    // A log-in goes on, the link works, and the trash gives back.
    const refreshed = await restored.request('POST', '/users/refresh', {
      json: { refreshToken: busy.refreshToken },
    });
    expect(refreshed.status).toBe(200);
    const link = `${restored.url}${new URL(shareUrl).pathname}/content`;
    expect((await restored.request('GET', link)).text).toBe(words('the second version', 200_000));
    await restored.request('POST', `/trash/${owner.ids['trashed']}/restore`, { token: owner.token });
    const content = `/files/${owner.ids['trashed']}/content`;
    expect((await restored.request('GET', content, { token: owner.token })).text).toBe('my other content');
    // It is a server of its own: the next upload and a verification work as anywhere.
    expect((await restored.upload(owner.token, 'new.txt', 'new')).status).toBe(200);
    expect(await runAdmin(place, 'verify')).toMatchObject({ code: 0 });
    expect(await runAdmin(place, 'restore', backup)).toEqual(ends(3, /The database is not empty/));
  }
}, 120_000);

test('a killed backup is known as such, leaves the one before whole, and the next one goes on', async () => {
  await using api = await startTestApi();
  await using folder = await mkdtempDisposable(join(tmpdir(), 'backup-'));
  const backup = join(folder.path, 'backup');
  const { token } = await api.register();
  const path = (count: number) => `file ${count}`;
  for (let count = 0; count < 150; count += 1) await api.upload(token, path(count), words(path(count)));
  const killed = async () => {
    const { child, ended } = startAdmin(api, 'backup', backup);
    await expect.poll(() => copies(backup), { interval: 1, timeout: 30_000 }).toBeGreaterThan(5);
    child.kill('SIGKILL');
    await ended;
  };

  await killed();
  const partly = await copies(backup);
  expect([partly < 150, (await readdir(backup)).includes('manifest.json')]).toEqual([true, false]);
  await using place = await emptyPlace();
  expect(await runAdmin(place, 'restore', backup)).toEqual(ends(3, /holds no whole backup/));

  const whole = await runAdmin(api, 'backup', backup, '--json');
  expect([whole.code, JSON.parse(whole.output)]).toEqual([
    0,
    expect.objectContaining({ event: 'backed-up', copied: 150 - partly, kept: partly, missing: 0 }),
  ]);
  expect((await readdir(backup)).map((name) => name.replace(/-.*/, '')).toSorted()).toEqual([
    'manifest.json',
    'objects',
    'rows',
  ]);

  // Killed again: the one before is still there, and is what a restore takes.
  for (let count = 150; count < 200; count += 1) await api.upload(token, path(count), words(path(count)));
  const { child, ended } = startAdmin(api, 'backup', backup);
  await expect.poll(() => rowsFolders(backup), { interval: 1, timeout: 30_000 }).toBe(2);
  child.kill('SIGKILL');
  await ended;
  expect(await rowsFolders(backup)).toBe(2);
  {
    await using before = await emptyPlace();
    expect(await runAdmin(before, 'restore', backup)).toMatchObject({ code: 0 });
    await using restored = await serve(before);
    expect(await restored.sql('SELECT count(*)::int AS files FROM files', [])).toEqual([{ files: 150 }]);
  }

  // What is gone from the server goes from its next backup, and a damaged one is refused before anything is touched.
  const [first] = (await api.request('GET', '/files', { token })).body.items;
  await api.request('DELETE', `/files/${first?.id}`, { token });
  await api.request('DELETE', '/trash', { token });
  expect(await runAdmin(api, 'sweep')).toMatchObject({ code: 0 });
  expect(await runAdmin(api, 'backup', backup)).toMatchObject({ code: 0 });
  expect([await copies(backup), await rowsFolders(backup)]).toEqual([199, 1]);
  const [owner = ''] = (await readdir(join(backup, 'objects'))).filter((name) => !name.startsWith('.'));
  const [object = ''] = await readdir(join(backup, 'objects', owner));
  await truncate(join(backup, 'objects', owner, object), 1);
  expect(await runAdmin(place, 'restore', backup)).toEqual(
    ends(3, /The backup is damaged: object .* Nothing was changed/),
  );
  await rm(join(backup, 'objects', owner, object));
  expect(await runAdmin(api, 'backup', backup)).toMatchObject({ code: 0 });
  expect(await runAdmin(place, 'restore', backup)).toMatchObject({ code: 0 });
}, 120_000);

async function copies(backup: string): Promise<number> {
  const names = await readdir(join(backup, 'objects'), { recursive: true }).catch(() => []);
  return names.filter((name) => /^[0-9a-f-]{36}[\\/][0-9a-f-]{36}(\.zst)?$/.test(name)).length;
}

const rowsFolders = async (backup: string): Promise<number> =>
  (await readdir(backup)).filter((name) => name.startsWith('rows-')).length;
