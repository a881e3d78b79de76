import { randomBytes } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createFrameCompressor } from './compress-frame.ts';

const MIB = 1024 * 1024;
const compressAtAnyLevel = createFrameCompressor({ atOnce: 2 });
const compressFrame = (content: Buffer) => compressAtAnyLevel(content, 3);

/** Half of it can be compressed. */
const makeContent = () => Buffer.concat([randomBytes(MIB), Buffer.alloc(MIB, 'text ')]);

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a word', Buffer.from('word')],
  ['text', Buffer.alloc(3 * MIB, 'text ')],
  ['noise', randomBytes(2 * MIB)],
])('gives a frame that stock zstd decodes: %s', async (_name, content) => {
  expect(zstdDecompressSync(await compressFrame(content)).equals(content)).toBe(true);
});

test('several at once do not get into each other', async () => {
  const contents = Array.from({ length: 8 }, makeContent);
  const frames = await Promise.all(contents.map((content) => compressFrame(content)));
  const decoded = frames.map((frame) => zstdDecompressSync(frame));
  expect(decoded.map((content, index) => contents[index]?.equals(content))).not.toContain(false);
});

test('works at the level that it is asked for, content by content', async () => {
  const content = Buffer.from(Array.from({ length: 20_000 }, (_, index) => `${index * index} and `).join(''));
  const [quick, thorough] = await Promise.all([
    compressAtAnyLevel(content, 1),
    compressAtAnyLevel(content, 19),
  ]);
  expect(thorough.length).toBeLessThan(quick.length * 0.9);
  expect(zstdDecompressSync(thorough).equals(content)).toBe(true);
});

// Otherwise V8 goes through its whole heap for every thirty frames of large content.
test('keeps no more memory than the frame takes', async () => {
  const content = makeContent();
  const frames: Buffer[] = [];
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < 10; count += 1) frames.push(await compressFrame(content));
  const kept = frames.reduce((sum, { length }) => sum + length, 0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(kept + MIB);
});
