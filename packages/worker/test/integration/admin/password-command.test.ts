import { randomUUID } from 'node:crypto';
import { attemptKey, hashPassword, isPassword } from '@instashare/backend/accounts';
import { expect, test } from 'vitest';
import { AdminError, UsageError } from '../../../src/admin/admin-error.ts';
import { adminInside, adminOf } from '../../support/run-admin.ts';
import { openWorkerWorld, type WorkerWorld } from '../../support/world.ts';

const DAY_MS = 24 * 60 * 60_000;

const adminTyping = (world: WorkerWorld, password: string) =>
  adminInside(world, { replace: () => ({ readPassword: async () => password }) });

async function isPasswordOf({ database, userId }: WorkerWorld, password: string): Promise<boolean> {
  const user = await database.repositories.users.find(userId);
  return isPassword(user?.passwordHash ?? null, password);
}

async function beginSession({ database, now }: WorkerWorld, userId: string): Promise<void> {
  const session = { deviceName: null, address: null, userAgent: null };
  const refreshTokenSha256 = Buffer.alloc(32).toString('hex');
  const expiresAt = new Date(now.getTime() + DAY_MS);
  await database.repositories.sessions.insert(
    { id: randomUUID(), userId, refreshTokenSha256, expiresAt, ...session },
    now,
  );
}

test('another password is set, all sessions of the account end, and those of others do not', async () => {
  await using world = await openWorkerWorld();
  const other = await world.addUser();
  for (const userId of [world.userId, world.userId, other]) await beginSession(world, userId);
  const email = `${world.userId}@b.c`;
  const keys = [
    attemptKey('log in', 'account', email),
    attemptKey('password', 'account', world.userId),
    attemptKey('log in', 'account', `${other}@b.c`),
  ];
  await world.database.repositories.attempts.count(keys, 60);

  const ended = await adminTyping(world, 'correct horse battery')('password', email.toUpperCase());
  expect(ended).toEqual({ code: 0, events: [{ event: 'password_set', email, endedSessions: 2 }] });
  expect(await isPasswordOf(world, 'correct horse battery')).toBe(true);
  expect(await world.sql('SELECT user_id FROM sessions WHERE revoked_at IS NULL')).toEqual([
    { user_id: other },
  ]);
  expect(await world.sql("SELECT encode(key, 'hex') AS key FROM attempts")).toEqual([{ key: keys[2] }]);
  expect(await world.sql('SELECT user_id, kind, address, details FROM audit_events')).toEqual([
    { user_id: world.userId, kind: 'password_reset', address: null, details: { sessions: 2 } },
  ]);
});

test('--generate makes one up, asks for nothing, and prints it', async () => {
  await using world = await openWorkerWorld();
  const { code, stdout, stderr } = await adminOf(world)('password', `${world.userId}@b.c`, '--generate');
  const [line, generated = '', ...rest] = stdout.split('\n');
  expect([code, stderr, line, rest]).toEqual([
    0,
    '',
    `${world.userId}@b.c: the password is set, 0 sessions ended.`,
    [''],
  ]);
  expect(await isPasswordOf(world, generated)).toBe(true);
  const { events } = await adminInside(world)('password', world.userId, '--generate');
  expect(await isPasswordOf(world, String(events[0]?.['password']))).toBe(true);
  expect(await isPasswordOf(world, generated)).toBe(false);
});

test('what can not be is said, and nothing is changed', async () => {
  await using world = await openWorkerWorld();
  const kept = await hashPassword('the one that is known');
  await world.sql(`UPDATE users SET password_hash = '${kept}'`);
  await beginSession(world, world.userId);
  const email = `${world.userId}@b.c`;
  const typing = (password: string) => adminTyping(world, password);
  const refusal = (message: string) => new AdminError(message);

  await expect(typing('')('password')).rejects.toThrow(UsageError);
  await expect(typing('unused')('password', 'nobody@b.c')).rejects.toThrow(
    refusal('There is no account "nobody@b.c".'),
  );
  await expect(typing('password123')('password', email)).rejects.toThrow(/password is one of the most used/);
  await expect(typing('')('password', email)).rejects.toThrow(/at least 10 characters/);
  expect(await isPasswordOf(world, 'the one that is known')).toBe(true);
  expect(await world.sql('SELECT revoked_at FROM sessions')).toEqual([{ revoked_at: null }]);
  expect(await world.sql('SELECT kind FROM audit_events')).toEqual([]);

  await world.sql('UPDATE users SET deleted_at = now()');
  await expect(typing('correct horse battery')('password', world.userId)).rejects.toThrow(
    refusal(`The account "${world.userId}" is deleted.`),
  );
  expect(await isPasswordOf(world, 'the one that is known')).toBe(true);
});
