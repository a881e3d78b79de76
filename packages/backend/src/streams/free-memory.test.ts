import { expect, test } from 'vitest';
import { freeMemory } from './free-memory.ts';

const SIZE = 128 * 1024;

test('frees a chunk that is all of its memory', () => {
  const chunk = Buffer.allocUnsafeSlow(SIZE);
  freeMemory(chunk);
  expect(chunk.length).toBe(0);
});

test('frees what is all but a byte of its memory only for who says so', () => {
  const chunk = Buffer.allocUnsafeSlow(SIZE + 1).subarray(0, SIZE);
  freeMemory(chunk);
  expect(chunk.length).toBe(SIZE);
  freeMemory(chunk, { spareBytes: 1 });
  expect(chunk.length).toBe(0);
});

test('leaves what shares its memory with others, and what is small', () => {
  const whole = Buffer.alloc(SIZE, 'x');
  const shared = [whole.subarray(0, SIZE / 2), Buffer.from('small'), Buffer.allocUnsafeSlow(1024)];
  const before = shared.map((chunk) => Buffer.from(chunk));
  for (const chunk of shared) freeMemory(chunk);
  expect(shared).toEqual(before);
  expect(whole).toEqual(Buffer.alloc(SIZE, 'x'));
});

test('may be asked twice', () => {
  const chunk = Buffer.allocUnsafeSlow(SIZE);
  freeMemory(chunk);
  expect(() => freeMemory(chunk)).not.toThrow();
});
