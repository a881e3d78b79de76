import { expect, test } from 'vitest';
import { chunkSizer } from './chunk-sizer.ts';

const KIB_256 = 256 * 1024;
const MIB = 1024 * 1024;

test('C22: each 413 halves the chunk, down to one unit of the protocol', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: MIB });
  expect([chunks.shrink(), chunks.current(), chunks.shrink(), chunks.current(), chunks.shrink()]).toEqual([
    true,
    MIB / 2,
    true,
    KIB_256,
    false,
  ]);
});

test('chunks stay multiples of the unit', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: 3 * KIB_256 });
  chunks.shrink();
  expect(chunks.current()).toBe(KIB_256);
});

test('two breaks in a row at one place shrink like a 413, but never below a mebibyte', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: 4 * MIB });
  chunks.broke();
  expect(chunks.current()).toBe(4 * MIB);
  chunks.broke();
  expect(chunks.current()).toBe(2 * MIB);
  for (let breaks = 0; breaks < 20; breaks += 1) chunks.broke();
  expect(chunks.current()).toBe(MIB);
});

test('breaks with progress between them say nothing about the size', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: 4 * MIB });
  for (let times = 0; times < 10; times += 1) {
    chunks.broke();
    chunks.passed();
  }
  expect(chunks.current()).toBe(4 * MIB);
});

test('chunks that get through quickly grow, up to half a gibibyte', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: 100 * MIB });
  const sizes = [1, 2, 3, 4].map(() => {
    chunks.sent(10);
    return chunks.current() / MIB;
  });
  expect(sizes).toEqual([200, 400, 512, 512]);
});

test('chunks that take their time stay as they are', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: MIB });
  chunks.sent(10_000);
  expect(chunks.current()).toBe(MIB);
});

test('C22: a limit that was met once is not tried again', () => {
  const chunks = chunkSizer(KIB_256, { firstBytes: MIB });
  chunks.sent(10);
  chunks.shrink();
  chunks.sent(10);
  expect(chunks.current()).toBe(MIB);
});

test('where bodies are gathered in memory, no chunk is larger than that may be', () => {
  const chunks = chunkSizer(KIB_256, { largestBytes: 8 * MIB });
  chunks.sent(10);
  expect(chunks.current()).toBe(8 * MIB);
});
