import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Message, readMessages } from './read-messages.ts';

const encoder = new TextEncoder();

async function* inParts(text: string, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text);
  let at = 0;
  for (const length of lengths) {
    yield bytes.subarray(at, at + length);
    at += length;
  }
  yield bytes.subarray(at);
}

async function read(text: string, lengths: readonly number[] = []): Promise<Message[]> {
  const messages: Message[] = [];
  for await (const message of readMessages(inParts(text, lengths), 'before')) messages.push(message);
  return messages;
}

const STREAM = [
  ': a comment',
  '',
  'id: 1',
  'data: {"a":"ä😀"}',
  '',
  'event: named',
  'data:first',
  'data: second',
  'data',
  '',
  'id',
  'retry: 10',
  'unknown: field',
  'data: without an id',
  '',
  'id: 7',
  '',
  'data: after',
  '',
  'data: cut off',
].join('\n');

const MESSAGES: readonly Message[] = [
  { type: 'message', data: '{"a":"ä😀"}', lastEventId: '1' },
  { type: 'named', data: 'first\nsecond\n', lastEventId: '1' },
  { type: 'message', data: 'without an id', lastEventId: '' },
  { type: 'message', data: 'after', lastEventId: '7' },
];

test('fields, comments, names, several lines of data, ids that stay; what is cut off is no message', async () => {
  expect(await read(STREAM)).toEqual(MESSAGES);
});

test('the first messages have the id that was there before', async () => {
  expect(await read('data: x\n\n')).toEqual([{ type: 'message', data: 'x', lastEventId: 'before' }]);
});

test('wherever it is cut on the way, and however its lines end, it says the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 20 })),
      fc.constantFrom('\n', '\r\n', '\r'),
      async (lengths, lineEnd) => {
        expect(await read(STREAM.replaceAll('\n', lineEnd), lengths)).toEqual(MESSAGES);
      },
    ),
  );
});

test('a line without an end is no reason to run out of memory', async () => {
  await expect(read('x'.repeat(2 * 1024 * 1024))).rejects.toThrow('too long');
});
