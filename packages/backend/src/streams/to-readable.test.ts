import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { toReadable } from './to-readable.ts';

async function* two() {
  yield Buffer.from('a');
  yield Buffer.from('b');
}

async function* failing() {
  yield Buffer.from('a');
  throw new Error('no more');
}

test('gives what the generator gives, and fails as it fails', async () => {
  expect(await buffer(toReadable(two()))).toEqual(Buffer.from('ab'));
  await expect(buffer(toReadable(failing()))).rejects.toThrow('no more');
});

test('closes at once when it is destroyed, and then winds the generator up', async () => {
  const slow = Promise.withResolvers<void>();
  const woundUp = Promise.withResolvers<void>();
  const chunks = async function* () {
    try {
      await slow.promise;
      yield Buffer.from('a');
    } finally {
      woundUp.resolve();
    }
  };
  const stream = toReadable(chunks());
  stream.read();
  const closed = once(stream, 'close');
  stream.destroy();
  await closed;
  slow.resolve();
  await expect(woundUp.promise).resolves.toBeUndefined();
});
