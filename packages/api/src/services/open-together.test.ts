import { setImmediate as turn } from 'node:timers/promises';
import type { OpenedUpload } from '@instashare/backend/database';
import { expect, test } from 'vitest';
import { createOpenTogether, type OpeningAccount } from './open-together.ts';

const uploadOf = (id: string): OpenedUpload => ({
  id,
  path: id,
  sizeBytes: 1,
  sha256: null,
  contentType: 'text/plain',
  modifiedAt: null,
  objectKey: id,
  expiresAt: new Date(0),
  session: null,
});

/** A database that answers when it is told to. */
function createWorld() {
  const asked: {
    readonly userId: string;
    readonly ids: readonly string[];
    readonly claim: unknown;
    readonly settle: PromiseWithResolvers<boolean>;
  }[] = [];
  const open = (userId: string, uploads: readonly OpenedUpload[], claim: unknown): Promise<boolean> => {
    const settle = Promise.withResolvers<boolean>();
    asked.push({ userId, ids: uploads.map(({ id }) => id), claim, settle });
    return settle.promise;
  };
  const openTogether = createOpenTogether({ uploads: { open }, now: () => new Date(0) });
  const openOf = (account: OpeningAccount, id: string) => openTogether(account, uploadOf(id));
  return { asked, openOf };
}

const account = (userId: string, sessionId: string | null): OpeningAccount => ({
  userId,
  session: sessionId === null ? null : { id: sessionId, userId, generation: 1 },
});
const A = account('a', 's1');

test('uploads of an account that come while two statements are under way are the third', async () => {
  const { asked, openOf } = createWorld();
  const opened: Promise<boolean>[] = [];
  for (const id of ['1', '2', '3', '4']) {
    opened.push(openOf(A, id));
    await turn();
  }
  expect(asked.map(({ ids }) => ids)).toEqual([['1'], ['2']]);
  asked[0]?.settle.resolve(true);
  await turn();
  expect(asked.map(({ ids }) => ids)).toEqual([['1'], ['2'], ['3', '4']]);
  for (const { claim } of asked) expect(claim).toEqual({ ...A.session, now: new Date(0) });
  asked[1]?.settle.resolve(true);
  asked[2]?.settle.resolve(false);
  expect(await Promise.all(opened)).toEqual([true, true, false, false]);
});

test('an account, and a session of it, waits for no other, and none is written in the name of another', async () => {
  const { asked, openOf } = createWorld();
  const accounts = [A, account('a', 's2'), account('a', null), account('b', null)];
  const opened = accounts.flatMap((of, index) => [openOf(of, `${index}x`), openOf(of, `${index}y`)]);
  await turn();
  expect(asked.map(({ userId, ids }) => [userId, ...ids])).toEqual([
    ['a', '0x', '0y'],
    ['a', '1x', '1y'],
    ['a', '2x', '2y'],
    ['b', '3x', '3y'],
  ]);
  for (const { settle } of asked) settle.resolve(true);
  expect(await Promise.all(opened)).toEqual(Array(8).fill(true));
});

test('a statement that fails fails for those that are in it, and for no others', async () => {
  const { asked, openOf } = createWorld();
  const first = Promise.allSettled([openOf(A, '1'), openOf(A, '2')]);
  await turn();
  const later = openOf(A, '3');
  await turn();
  asked[0]?.settle.reject(new Error('the database is away'));
  asked[1]?.settle.resolve(true);
  expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await later).toBe(true);
});
