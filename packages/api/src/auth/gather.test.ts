import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { gather } from './gather.ts';

/** A database that answers when it is told to. */
function createSlow() {
  const asked: {
    readonly keys: readonly string[];
    readonly answer: (values: object) => void;
    fail: () => void;
  }[] = [];
  const ask = gather<string, string>((keys) => {
    const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, string>>();
    asked.push({
      keys: [...keys],
      answer: (values) => resolve(new Map(Object.entries(values))),
      fail: () => reject(new Error('away')),
    });
    return promise;
  });
  return { ask, asked, keys: () => asked.map((question) => question.keys) };
}

test('what is asked at once is one question, in which each key stands once', async () => {
  const { ask, asked, keys } = createSlow();
  const answers = Promise.all(['a', 'b', 'a', 'none'].map(ask));
  await turn();
  expect(keys()).toEqual([['a', 'b', 'none']]);
  asked[0]?.answer({ a: '1', b: '2' });
  expect(await answers).toEqual(['1', '2', '1', null]);
});

test('who asks while a question is under way is not answered by it', async () => {
  const { ask, asked } = createSlow();
  const before = ask('a');
  await turn();
  const after = ask('a');
  await turn();
  asked[0]?.answer({ a: 'lives' });
  expect(await before).toBe('lives');
  asked[1]?.answer({});
  expect(await after).toBeNull();
});

test('two questions are under way at most; all that come meanwhile are the third', async () => {
  const { ask, asked, keys } = createSlow();
  const all: Promise<unknown>[] = [];
  for (const key of ['a', 'b', 'c', 'd']) {
    all.push(ask(key));
    await turn();
  }
  expect(keys()).toEqual([['a'], ['b']]);
  asked[1]?.answer({});
  await turn();
  expect(keys()).toEqual([['a'], ['b'], ['c', 'd']]);
  for (const question of asked) question.answer({});
  expect(await Promise.all(all)).toEqual([null, null, null, null]);
});

test('a question that fails fails for those who asked it, and for no others', async () => {
  const { ask, asked } = createSlow();
  const failing = Promise.allSettled([ask('a'), ask('b')]);
  await turn();
  const next = ask('a');
  await turn();
  asked[0]?.fail();
  asked[1]?.answer({ a: '1' });
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await next).toBe('1');
});
