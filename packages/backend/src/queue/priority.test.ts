import { expect, test } from 'vitest';
import { PRIORITIES, priorityOf } from './priority.ts';

const MIB = 1024 * 1024;

test.each([
  ['one small file', { blobs: 1, sizeBytes: 10 }, PRIORITIES.urgent],
  ['a few small files', { blobs: 8, sizeBytes: 8 * MIB }, PRIORITIES.urgent],
  ['a part of an import', { blobs: 9, sizeBytes: 9 }, PRIORITIES.bulk],
  ['a large file', { blobs: 1, sizeBytes: 8 * MIB + 1 }, PRIORITIES.large],
  ['a huge file', { blobs: 1, sizeBytes: 1024 * MIB + 1 }, PRIORITIES.huge],
])('the priority of %s', (_, job, priority) => {
  expect(priorityOf(job)).toBe(priority);
});
