import { AsyncLocalStorage } from 'node:async_hooks';
import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { createTurns, takeTurns } from './take-turns.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Turns for numbers, and those that have begun, in order. */
function createBegun(atOnce: number, isBusy = false) {
  vi.useFakeTimers();
  const begun: number[] = [];
  const turns = createTurns<number>({ atOnce, isBusy: () => isBusy });
  return { turns, begun, begin: (who: number) => turns.begin(who, () => begun.push(who)) };
}

test('begins as many as may at once, and the others in the order in which they came', async () => {
  const { turns, begun, begin } = createBegun(2);
  for (const who of [1, 2, 3, 4, 5]) begin(who);
  expect(begun).toEqual([1, 2]);
  turns.end(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual([1, 2, 3]);
  turns.end(1);
  turns.end(3);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
});

test('the end of one that is worked on no more, or never was, lets nobody in', async () => {
  const { turns, begun, begin } = createBegun(1);
  for (const who of [1, 2, 3]) begin(who);
  turns.end(1);
  turns.end(1);
  turns.end(99);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual([1, 2]);
});

test('who takes long while nobody waits for the database holds up nobody any more', async () => {
  const { begun, begin } = createBegun(2);
  for (const who of [1, 2, 3, 4, 5]) begin(who);
  await vi.advanceTimersByTimeAsync(24);
  expect(begun).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(11);
  expect(begun).toEqual([1, 2, 3, 4]);
  await vi.advanceTimersByTimeAsync(40);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(vi.getTimerCount()).toBe(0);
  // Long ago: nobody has to wait for a look.
  await vi.advanceTimersByTimeAsync(1000);
  for (const who of [6, 7]) begin(who);
  expect(begun.slice(5)).toEqual([6, 7]);
});

test('who comes when one has just taken too long stands behind those who wait', async () => {
  const { begun, begin } = createBegun(1);
  for (const who of [1, 2]) begin(who);
  // Between two looks.
  await vi.advanceTimersByTimeAsync(26);
  begin(3);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual([1, 2]);
});

test('while others wait for the database, who takes long counts, for a second at most', async () => {
  const { begun, begin } = createBegun(2, true);
  for (const who of [1, 2, 3]) begin(who);
  await vi.advanceTimersByTimeAsync(999);
  expect(begun).toEqual([1, 2]);
  await vi.advanceTimersByTimeAsync(11);
  expect(begun).toEqual([1, 2, 3]);
});

test('one that was let in is of its own context, not of that of whom it waited for', async () => {
  const context = new AsyncLocalStorage<string>();
  const turns = createTurns<string>({ atOnce: 1, isBusy: () => true });
  const seen = Promise.withResolvers<string | undefined>();
  turns.begin('first', () => {});
  context.run('second', () => turns.begin('second', () => seen.resolve(context.getStore())));
  context.run('first', () => turns.end('first'));
  expect(await seen.promise).toBe('second');
});

interface Held {
  readonly app: FastifyInstance;
  /** Answers the request that came first of those that are not. */
  readonly answerOne: () => void;
  /** How many are worked on. */
  readonly inWork: () => number;
}

/** A server with three turns, whose requests are answered when it is said; however long that takes, none takes long. */
function createHeld(): Held {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const app = fastify();
  const held: (() => void)[] = [];
  takeTurns(app, { connections: 1, isBusy: () => false });
  app.get('/', () => {
    const { promise, resolve } = Promise.withResolvers<object>();
    held.push(() => resolve({}));
    return promise;
  });
  app.get('/refused', async () => {
    throw new Error('refused');
  });
  return { app, inWork: () => held.length, answerOne: () => held.shift()?.() };
}

test('requests take turns, and one that fails gives its turn back', async () => {
  const { app, inWork, answerOne } = createHeld();
  const refused = await Promise.all([1, 2, 3, 4].map(() => app.inject('/refused')));
  expect(refused.map(({ statusCode }) => statusCode)).toEqual([500, 500, 500, 500]);
  const answers = Promise.all([1, 2, 3, 4].map(() => app.inject('/')));
  await expect.poll(inWork).toBe(3);
  answerOne();
  await expect.poll(inWork).toBe(3);
  for (let left = 3; left > 0; left -= 1) answerOne();
  expect((await answers).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
});

test('who is gone when his turn comes is not worked on, and keeps nobody waiting', async () => {
  const { app, inWork, answerOne } = createHeld();
  const gone = new AbortController();
  const answers = [1, 2, 3].map(() => app.inject('/'));
  await expect.poll(inWork).toBe(3);
  const goneAnswer = app.inject({ url: '/', signal: gone.signal }).catch(() => null);
  const last = app.inject('/');
  gone.abort();
  expect(await goneAnswer).toBeNull();
  for (const answer of answers) {
    answerOne();
    await answer;
  }
  await expect.poll(inWork).toBe(1);
  answerOne();
  expect((await last).statusCode).toBe(200);
});
