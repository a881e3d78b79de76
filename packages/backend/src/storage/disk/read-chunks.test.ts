import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readChunks } from './read-chunks.ts';

const bodyOf = (...chunks: string[]) => Readable.from(chunks.map((text) => Buffer.from(text)));

test('hands on each chunk, the next one only when the one before is done with', async () => {
  const log: string[] = [];
  const end = await readChunks(bodyOf('a', 'b', 'c'), async (chunk) => {
    log.push(`${chunk.toString()} begins`);
    await new Promise(setImmediate);
    log.push(`${chunk.toString()} ends`);
  });
  expect(end).toEqual({ ended: 'whole' });
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});

test('a body that was paused before, or has no bytes, comes to its end', async () => {
  const paused = bodyOf('a').pause();
  expect(await readChunks(paused, () => null)).toEqual({ ended: 'whole' });
  expect(await readChunks(bodyOf(), () => null)).toEqual({ ended: 'whole' });
});

test('stopped, the body is left for somebody else to read on', async () => {
  const body = new Readable({ read() {} });
  body.push('a');
  const end = readChunks(body, () => 'stop');
  expect(await end).toEqual({ ended: 'stopped' });
  body.push('b');
  body.push(null);
  expect(body.destroyed).toBe(false);
  expect(Buffer.concat(await body.toArray()).toString()).toBe('b');
});

test('a failure to take a chunk comes out as it is, and the body is left', async () => {
  const body = new Readable({ read() {} });
  body.push('a');
  const failure = new Error('disk full');
  await expect(readChunks(body, () => Promise.reject(failure))).rejects.toBe(failure);
  expect([body.destroyed, body.isPaused()]).toEqual([false, true]);
});

test('a failure to take the last chunk is no lesser one', async () => {
  const failure = new Error('disk full');
  await expect(readChunks(bodyOf('a'), () => Promise.reject(failure))).rejects.toBe(failure);
});

test('a body that breaks off says why, once what came before is taken', async () => {
  const body = new Readable({ read() {} });
  const cause = new Error('reset');
  let isTaken = false;
  body.push('a');
  const end = readChunks(body, async () => {
    body.destroy(cause);
    await new Promise(setImmediate);
    isTaken = true;
  });
  expect([await end, isTaken]).toEqual([{ ended: 'broken', cause }, true]);
  expect(await readChunks(body, () => null)).toMatchObject({ ended: 'broken' });
});
