import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { NOW, tokens } from '../../test/support/test-tokens.ts';
import { InstashareError } from '../errors/instashare-error.ts';
import { type AuthStore, createMemoryAuthStore, type Tokens } from './auth-store.ts';
import { createSession } from './session.ts';

/** A session whose every refresh gives the next generation. */
function setUp(auth: AuthStore, expiresInMs?: number) {
  const exchanged: string[] = [];
  const session = createSession({
    auth,
    now: () => NOW,
    async refresh(refreshToken) {
      exchanged.push(refreshToken);
      await Promise.resolve();
      return tokens(Number(refreshToken.split('-')[1]) + 1, expiresInMs);
    },
  });
  return { session, exchanged };
}

test('a token that lives long enough is used as it is', async () => {
  const { session, exchanged } = setUp(createMemoryAuthStore(tokens(1)));
  expect(await session.accessToken()).toBe('access-1');
  expect(exchanged).toEqual([]);
});

test('a token about to expire is refreshed before it is sent, and the new one is saved', async () => {
  const auth = createMemoryAuthStore(tokens(1, 59_000));
  const { session } = setUp(auth);
  expect(await session.accessToken()).toBe('access-2');
  expect(await auth.load()).toEqual(tokens(2));
});

test('C13: callers at once share one refresh', async () => {
  const { session, exchanged } = setUp(createMemoryAuthStore(tokens(1, 0)));
  const all = await Promise.all(Array.from({ length: 20 }, () => session.accessToken()));
  expect(new Set(all)).toEqual(new Set(['access-2']));
  expect(exchanged).toEqual(['refresh-1']);
});

test('a token that the server refused is refreshed once, however many calls it was refused for', async () => {
  const { session, exchanged } = setUp(createMemoryAuthStore(tokens(1)));
  const sent = await session.accessToken();
  session.reject(sent);
  expect(await session.accessToken()).toBe('access-2');
  session.reject(sent);
  expect(await session.accessToken()).toBe('access-2');
  expect(exchanged).toEqual(['refresh-1']);
});

test('with a clock that runs ahead, a fresh token is trusted until the server refuses it', async () => {
  const { session, exchanged } = setUp(createMemoryAuthStore(tokens(1, -3_600_000)), -3_600_000);
  expect(await session.accessToken()).toBe('access-2');
  expect(await session.accessToken()).toBe('access-2');
  expect(exchanged).toEqual(['refresh-1']);
});

describe('several processes', () => {
  test('what another one has fetched meanwhile is used instead of the token it has spent', async () => {
    const memory = createMemoryAuthStore(tokens(1, 0));
    const auth: AuthStore = {
      ...memory,
      async exclusively(task) {
        // The lock is ours only after the other process is done.
        await memory.save(tokens(7));
        return task();
      },
    };
    const { session, exchanged } = setUp(auth);
    expect(await session.accessToken()).toBe('access-7');
    expect(exchanged).toEqual([]);
  });
});

function endedSession(auth: AuthStore) {
  let asked = 0;
  const session = createSession({
    auth,
    now: () => NOW,
    refresh() {
      asked += 1;
      return Promise.reject(new InstashareError('session_ended', 'log in again'));
    },
  });
  return { session, asked: () => asked };
}

describe('an ended session', () => {
  test('C13: the server is asked once, not for ever', async () => {
    const { session, asked } = endedSession(createMemoryAuthStore(tokens(1, 0)));
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'session_ended' });
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'session_ended' });
    expect(asked()).toBe(1);
  });

  test('goes on when somebody has logged in again', async () => {
    const auth = createMemoryAuthStore(tokens(1, 0));
    const { session } = endedSession(auth);
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'session_ended' });
    await auth.save(tokens(9));
    expect(await session.accessToken()).toBe('access-9');
  });
});

test('nobody logged in is told so', async () => {
  const { session } = setUp(createMemoryAuthStore());
  await expect(session.accessToken()).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('a refresh whose answer was lost is asked for again with the same token', async () => {
  const asked: string[] = [];
  const session = createSession({
    auth: createMemoryAuthStore(tokens(1, 0)),
    now: () => NOW,
    refresh(refreshToken) {
      asked.push(refreshToken);
      if (asked.length === 1) return Promise.reject(new InstashareError('network', 'cut'));
      return Promise.resolve(tokens(2));
    },
  });
  expect(await session.accessToken()).toBe('access-2');
  expect(asked).toEqual(['refresh-1', 'refresh-1']);
});

/** A store that loads and, while `isFull`, does not save. */
function failingStore(initial: Tokens) {
  const memory = createMemoryAuthStore(initial);
  const store = {
    isFull: true,
    load: () => memory.load(),
    save: (saved: Tokens | null) =>
      store.isFull ? Promise.reject(new Error('ENOSPC: no space left on device')) : memory.save(saved),
  };
  return store;
}

describe('tokens that can not be saved', () => {
  test('C13: are used all the same, and exchanged in their turn', async () => {
    const store = failingStore(tokens(1, 0));
    const { session, exchanged } = setUp(store);
    expect(await session.accessToken()).toBe('access-2');
    session.reject('access-2');
    expect(await session.accessToken()).toBe('access-3');
    expect(exchanged).toEqual(['refresh-1', 'refresh-2']);
  });

  test('are saved as soon as that is possible', async () => {
    const store = failingStore(tokens(1, 0));
    let nowMs = NOW;
    const session = createSession({
      auth: store,
      now: () => nowMs,
      refresh: () => Promise.resolve(tokens(2)),
    });
    await session.accessToken();
    expect(await store.load()).toEqual(tokens(1, 0));
    store.isFull = false;
    nowMs += 60_000;
    await session.accessToken();
    await expect.poll(() => store.load()).toEqual(tokens(2));
  });

  test('give way to a log-in that was made meanwhile', async () => {
    const store = failingStore(tokens(1, 0));
    const { session } = setUp(store);
    expect(await session.accessToken()).toBe('access-2');
    store.isFull = false;
    await store.save(tokens(9));
    session.reject('access-2');
    expect(await session.accessToken()).toBe('access-9');
  });
});

test('a store that can not be read is told as such, and not as a fault of what was to be done', async () => {
  const auth = {
    ...createMemoryAuthStore(),
    load: () => Promise.reject(new Error('EACCES: permission denied')),
  };
  const { session } = setUp(auth);
  await expect(session.accessToken()).rejects.toMatchObject({ code: 'auth_store_failed' });
});

test('a line on which no answer comes is given up soon, and asked again', async () => {
  const asked: string[] = [];
  const session = createSession({
    auth: createMemoryAuthStore(tokens(1, 0)),
    now: () => NOW,
    refreshTimeoutMs: 20,
    async refresh(refreshToken, signal) {
      asked.push(refreshToken);
      if (asked.length === 1) await once(signal, 'abort');
      signal.throwIfAborted();
      return tokens(2);
    },
  });
  expect(await session.accessToken()).toBe('access-2');
  expect(asked).toEqual(['refresh-1', 'refresh-1']);
});

test('a token that was refreshed is not trusted past its expiry', async () => {
  let nowMs = NOW;
  const session = createSession({
    auth: createMemoryAuthStore(tokens(1, 0)),
    now: () => nowMs,
    refresh: (refreshToken) => Promise.resolve(tokens(Number(refreshToken.split('-')[1]) + 1)),
  });
  expect(await session.accessToken()).toBe('access-2');
  nowMs += 900_000;
  expect(await session.accessToken()).toBe('access-3');
});
