import { randomUUID } from 'node:crypto';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@instashare/backend/log';
import { createJobQueue } from '@instashare/backend/queue';
import { sha256OfShareToken } from '@instashare/backend/secrets';
import { expect, test } from 'vitest';
import { adminOf } from '../../support/run-admin.ts';
import { openWorkerWorld, text } from '../../support/world.ts';

/** Each run of the command is a start of Node. */
const MANY_RUNS_MS = 120_000;

test(
  'users and quota: what accounts hold and may hold is shown, and set with units',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    await world.store(text(1500));
    const other = await world.addUser();
    const email = `${world.userId}@b.c`;
    const createdAt: unknown = expect.any(String);
    const account = {
      event: 'user',
      id: world.userId,
      email,
      createdAt,
      deletedAt: null,
      files: 1,
      usedBytes: 1500,
      quotaBytes: null,
      isAdmin: false,
    };

    const all = await admin('users', '--json');
    expect(all.events().toSorted((a, b) => Number(b['files']) - Number(a['files']))).toEqual([
      account,
      { ...account, id: other, email: `${other}@b.c`, files: 0, usedBytes: 0 },
    ]);
    expect((await admin('users', email.toUpperCase(), '--json')).events()).toEqual([account]);
    expect((await admin('users', email)).stdout).toMatch(/ 1 file, 1\.5 kB no limit, since \d{4}-/);

    expect((await admin('quota', email, '1.5G', '--json')).events()).toEqual([
      { ...account, quotaBytes: 1_500_000_000 },
    ]);
    expect((await admin('quota', email)).stdout).toContain('1.5 kB of 1.5 GB');
    await admin('quota', world.userId, 'none');
    expect((await admin('quota', email, '--json')).events()).toEqual([account]);
    expect(await world.sql('SELECT kind, details FROM audit_events ORDER BY id')).toEqual([
      { kind: 'quota_changed', details: { quotaBytes: 1_500_000_000 } },
      { kind: 'quota_changed', details: { quotaBytes: 'none' } },
    ]);
  },
  MANY_RUNS_MS,
);

test(
  'retry: failed content is listed with its reason, and some or all of it is put into the queue again',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const [one, two] = [await world.store(text(100)), await world.store(text(200))];
    const failed = [one, two].toSorted();
    await world.sql("UPDATE blobs SET status = 'failed', failure = 'Its object is missing in the store'");

    const listed = await admin('retry', '--json');
    expect(listed.events().map(({ event, id, failure }) => [event, id, failure])).toEqual(
      failed.map((id) => ['failed', id, 'Its object is missing in the store']),
    );
    expect((await admin('retry')).stdout).toMatch(/"file-.*" version 1\n  Its object is missing/);
    expect((await world.blob(one)).status).toBe('failed');

    const unknown = randomUUID();
    const some = await admin('retry', one, unknown, '--json');
    expect([some.code, some.events().map(({ event, id }) => [event, id])]).toEqual([
      1,
      [
        ['retried', one],
        ['not-failed', unknown],
      ],
    ]);
    expect([(await world.blob(one)).status, (await world.blob(two)).status]).toEqual(['stored', 'failed']);

    expect((await admin('retry', '--all', '--user', `${world.userId}@b.c`)).stdout).toContain(
      `tried again: ${two}`,
    );
    expect((await admin('retry')).stdout).toBe('Nothing has failed.\n');
    const log = createLog({ name: 'test', level: 'silent' });
    await using queue = await createJobQueue({ databaseUrl: world.databaseUrl, redisUrl: null, log });
    expect(await queue.countWaiting('compress-blobs')).toBe(2);
    const kinds = await world.sql("SELECT count(*)::int AS news FROM changes WHERE kind = 'updated'");
    expect(kinds).toEqual([{ news: 2 }]);
  },
  MANY_RUNS_MS,
);

test(
  'admin: shows and sets who may see the admin pages, and writes it into the trail of the account',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const email = `${world.userId}@b.c`;
    const flagsOf = async (...args: string[]) =>
      (await admin('admin', email, ...args, '--json')).events().map(({ event, isAdmin }) => [event, isAdmin]);
    const trail = () => world.sql('SELECT kind, user_id, address, details FROM audit_events ORDER BY id');

    expect(await flagsOf()).toEqual([['user', false]]);
    expect(await flagsOf('on')).toEqual([['user', true]]);
    expect(await flagsOf('on')).toEqual([['user', true]]);
    expect((await admin('users', email)).stdout).toMatch(/, since \d{4}-\d\d-\d\d, admin  /);
    expect(await flagsOf('off')).toEqual([['user', false]]);
    const event = { user_id: world.userId, address: null, details: {} };
    expect(await trail()).toEqual([
      { kind: 'admin_granted', ...event },
      { kind: 'admin_withdrawn', ...event },
    ]);

    await world.sql('UPDATE users SET deleted_at = now()');
    const gone = await admin('admin', email, 'on');
    expect([gone.code, gone.stderr]).toEqual([3, expect.stringContaining('is deleted') as unknown]);
    const mistake = await admin('admin', email, 'yes');
    expect([mistake.code, mistake.stderr]).toEqual([
      2,
      expect.stringContaining('neither "on" nor "off"') as unknown,
    ]);
  },
  MANY_RUNS_MS,
);

test(
  'mistakes are said in one line, with an exit code of their own',
  async () => {
    await using world = await openWorkerWorld();
    await using nothing = await mkdtempDisposable(join(tmpdir(), 'admin-'));
    const admin = adminOf(world);
    const outcome = async (...args: string[]) => {
      const { code, stdout, stderr } = await admin(...args);
      return [code, stdout, stderr];
    };

    expect(await outcome('--help')).toEqual([0, expect.stringContaining('Exit codes'), '']);
    expect(await outcome('usres')).toEqual([
      2,
      '',
      expect.stringMatching(/^instashare-admin: There is no command "usres"\..*\n$/),
    ]);
    expect(await outcome('users', '--all')).toEqual([2, '', expect.stringContaining("'--all'")]);
    expect(await outcome('quota')).toEqual([2, '', expect.stringContaining('Whose quota')]);
    expect(await outcome('quota', 'a@b.c', 'lots')).toEqual([
      2,
      '',
      expect.stringContaining('"lots" is no number of bytes'),
    ]);
    expect(await outcome('users', 'nobody@b.c')).toEqual([
      3,
      '',
      'instashare-admin: There is no account "nobody@b.c".\n',
    ]);
    const elsewhere = await adminOf(world, { DATABASE_URL: '' })('users', '--data-dir', nothing.path);
    expect([elsewhere.code, elsewhere.stderr]).toEqual([3, expect.stringContaining('no "npm start" serves')]);
  },
  MANY_RUNS_MS,
);

test(
  'S13: a share link that was reported is found by its address, and ended, which its owner can read',
  async () => {
    await using world = await openWorkerWorld();
    const admin = adminOf(world);
    const token = 'AAAAAAAAAAAAAAAAAAAAAA';
    const address = `https://files.example.org/s/${token}`;
    const share = { id: randomUUID(), userId: world.userId, fileId: null, folder: 'photos/' };
    await world.database.repositories.shares.insert({
      ...share,
      tokenSha256: sha256OfShareToken(token),
      passwordHash: null,
      expiresAt: null,
      maxDownloads: 5,
      createdAt: world.now,
    });
    const found = {
      id: share.id,
      email: `${world.userId}@b.c`,
      path: 'photos/',
      downloads: 0,
      maxDownloads: 5,
    };

    const shown = await admin('link', `${address}/files/1?after=x`, '--json');
    expect(shown.events()).toEqual([expect.objectContaining({ event: 'link', ...found })]);
    expect((await admin('link', token)).stdout).toContain(`"photos/" of ${found.email}, shared `);
    expect(await world.database.repositories.shares.count(world.userId)).toBe(1);

    const ended = await admin('link', address, '--off', '--json');
    expect(ended.events()).toEqual([expect.objectContaining({ event: 'link-ended', ...found })]);
    expect(await world.database.repositories.shares.count(world.userId)).toBe(0);
    expect(await world.sql('SELECT user_id, kind, address, details FROM audit_events')).toEqual([
      { user_id: world.userId, kind: 'share_revoked', address: null, details: { shareId: share.id } },
    ]);
    const again = await admin('link', address, '--off');
    expect([again.code, again.stderr]).toEqual([
      3,
      'instashare-admin: No share link has this address, or it was ended before.\n',
    ]);
  },
  MANY_RUNS_MS,
);
