import { Readable } from 'node:stream';
import { zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeFrames } from './decode-frames.ts';

const contents = Array.from({ length: 9 }, (_, index) => Buffer.alloc(20_000, `content ${index}`));
const stored = contents.map((content) => zstdCompressSync(content));
const frames = stored.map(({ length }) => ({ storedBytes: length, contentBytes: 20_000 }));

test.each([
  [1, 1],
  [undefined, 2],
  [4, 4],
])('asked for %s frames at once, it has begun %s when it gives the first', async (asked, begun) => {
  let read = 0;
  const each = function* () {
    for (const frame of stored) {
      read += 1;
      yield Buffer.from(frame);
    }
  };
  const decoded = decodeFrames(Readable.from(each(), { highWaterMark: 1 }), frames, asked);
  const all: Buffer[] = [];
  for await (const content of decoded) {
    // The stream has one more in hand than was asked of it.
    if (all.length === 0) expect(read).toBe(begun + 1);
    all.push(content);
  }
  expect(all.map((content, index) => contents[index]?.equals(content))).toEqual(contents.map(() => true));
});
