import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppFailure } from './app-failure.ts';
import { answerTo, createPeer } from './peer.ts';
import { procedure } from './procedure.ts';

const MATHS = { half: procedure(z.object({ of: z.number() }), z.number()) };

/** Two ends that post to each other, as two processes do. */
function connected(half: (of: number) => number) {
  const server = createPeer({
    ours: MATHS,
    theirs: {},
    handlers: { half: ({ of }) => half(of) },
    post: (message) => client.receive(structuredClone(message)),
  });
  const client = createPeer({
    ours: {},
    theirs: MATHS,
    handlers: {},
    post: (message) => server.receive(structuredClone(message)),
  });
  return client;
}

test('an answer finds who asked', async () => {
  const client = connected((of) => of / 2);
  expect(await Promise.all([client.ask('half', { of: 4 }), client.ask('half', { of: 10 })])).toEqual([2, 5]);
});

test('a failure comes over with its code and its words', async () => {
  const client = connected(() => {
    throw new AppFailure({ code: 'path_taken', message: 'taken', suggestedPath: 'a (2)' });
  });
  await expect(client.ask('half', { of: 1 })).rejects.toMatchObject({
    code: 'path_taken',
    suggestedPath: 'a (2)',
  });
});

test('who asks an end that is gone is told', async () => {
  const client = createPeer({ ours: {}, theirs: MATHS, handlers: {}, post: () => undefined });
  const asked = client.ask('half', { of: 1 });
  client.close();
  await expect(asked).rejects.toMatchObject({ code: 'engine_stopped' });
});

test.each([
  ['half', { of: 'x' }, 'invalid_input'],
  ['half', undefined, 'invalid_input'],
  ['constructor', undefined, 'unknown_procedure'],
  ['third', { of: 1 }, 'unknown_procedure'],
])('%s asked with %j is %s', async (name, input, code) => {
  const answer = await answerTo(MATHS, { half: ({ of }) => of / 2 }, { name, input });
  expect(answer).toMatchObject({ ok: false, failure: { code } });
});

test('an answer that is not what the table says never leaves', async () => {
  const answer = await answerTo(MATHS, { half: () => Number.NaN }, { name: 'half', input: { of: 1 } });
  expect(answer).toMatchObject({ ok: false });
});
