import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { collect } from './collect.ts';

test('gives all chunks in order as one, one as it is, and of none nothing', async () => {
  const only = Buffer.from('only');
  expect(await collect(Readable.from([Buffer.from('a'), Buffer.from('bc'), Buffer.from('d')]))).toEqual(
    Buffer.from('abcd'),
  );
  expect(await collect(Readable.from([only]))).toBe(only);
  expect(await collect(Readable.from([]))).toEqual(Buffer.alloc(0));
});

test('rejects with what the source fails with, and what came before is no content', async () => {
  const failing = Readable.from(
    (async function* () {
      yield Buffer.from('half');
      throw new Error('cut');
    })(),
  );
  await expect(collect(failing)).rejects.toThrow('cut');
});
