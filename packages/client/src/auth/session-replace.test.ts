import { describe, expect, test } from 'vitest';
import { NOW, tokens } from '../../test/support/test-tokens.ts';
import { type AuthStore, createMemoryAuthStore, type Tokens } from './auth-store.ts';
import { createSession } from './session.ts';

/** A session whose refreshes are answered when that is said, and who hears no abort. */
function setUpHeld(auth: AuthStore) {
  const asked: { readonly refreshToken: string; readonly answer: (fresh: Tokens) => void }[] = [];
  const session = createSession({
    auth,
    now: () => NOW,
    refresh(refreshToken) {
      const { promise, resolve } = Promise.withResolvers<Tokens>();
      asked.push({ refreshToken, answer: resolve });
      return promise;
    },
  });
  return { session, asked };
}

describe('who logs in or out during a refresh', () => {
  test('in: the new log-in stays, in the store as well', async () => {
    const auth = createMemoryAuthStore(tokens(1, 0));
    const { session, asked } = setUpHeld(auth);
    const waiting = session.accessToken();
    await expect.poll(() => asked).toHaveLength(1);
    const replacing = session.replace(tokens(9));
    expect(await session.accessToken()).toBe('access-9');
    asked[0]?.answer(tokens(2));
    await replacing;
    expect([await waiting, await session.accessToken()]).toEqual(['access-9', 'access-9']);
    expect(await auth.load()).toEqual(tokens(9));
  });

  test('out: nobody is logged in any more', async () => {
    const auth = createMemoryAuthStore(tokens(1, 0));
    const { session, asked } = setUpHeld(auth);
    const waiting = session.accessToken();
    waiting.catch(() => undefined);
    await expect.poll(() => asked).toHaveLength(1);
    const replacing = session.replace(null);
    asked[0]?.answer(tokens(2));
    await replacing;
    await expect(waiting).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await auth.load()).toBeNull();
  });
});

test('tokens that are being saved once more give way to a log-in', async () => {
  const memory = createMemoryAuthStore(tokens(1, 0));
  const saving = Promise.withResolvers<void>();
  const saves: (string | undefined)[] = [];
  const auth: AuthStore = {
    ...memory,
    async save(saved) {
      saves.push(saved?.accessToken);
      if (saves.length === 1) throw new Error('ENOSPC: no space left on device');
      if (saves.length === 2) await saving.promise;
      await memory.save(saved);
    },
  };
  let nowMs = NOW;
  const session = createSession({
    auth,
    now: () => nowMs,
    refresh: () => Promise.resolve(tokens(2)),
  });
  await session.accessToken();
  nowMs += 60_000;
  await session.accessToken();
  await expect.poll(() => saves).toEqual(['access-2', 'access-2']);
  const replacing = session.replace(tokens(9));
  saving.resolve();
  await replacing;
  await expect.poll(() => saves).toHaveLength(3);
  expect(await auth.load()).toEqual(tokens(9));
});

test('while a slow store still forgets a log-in, its token is not taken from there again', async () => {
  const memory = createMemoryAuthStore(tokens(1));
  const saving = Promise.withResolvers<void>();
  const auth = {
    ...memory,
    async save(saved: Tokens | null) {
      await saving.promise;
      await memory.save(saved);
    },
  };
  const { session } = setUpHeld(auth);
  await session.accessToken();
  const replacing = session.replace(null);
  const asking = session.accessToken();
  asking.catch(() => undefined);
  // Whoever did not wait would have it by now.
  await new Promise(setImmediate);
  saving.resolve();
  await replacing;
  await expect(asking).rejects.toMatchObject({ code: 'unauthenticated' });
});
