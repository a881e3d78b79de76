import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BATCH_BLOBS, BATCH_BYTES, batchBlobs } from './batch-blobs.ts';

const small = (id: string) => ({ id, sizeBytes: 10 });
const big = (id: string) => ({ id, sizeBytes: BATCH_BYTES + 1 });

describe('batchBlobs', () => {
  test('puts small blobs together and gives a big one a job of its own', () => {
    expect(batchBlobs([])).toEqual([]);
    expect(batchBlobs([small('a'), big('b'), small('c'), big('d')])).toEqual([['a', 'c'], ['b'], ['d']]);
  });

  test('starts another job when one is full', () => {
    const ids = Array.from({ length: BATCH_BLOBS + 1 }, (_, index) => `${index}`);
    expect(batchBlobs(ids.map(small))).toEqual([ids.slice(0, -1), [`${BATCH_BLOBS}`]]);
    const half = { id: 'h', sizeBytes: BATCH_BYTES / 2 };
    expect(batchBlobs([half, half, half])).toEqual([['h', 'h'], ['h']]);
  });

  test('loses none, doubles none and stays within both bounds', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: BATCH_BYTES * 1.5 }), { maxLength: 300 });
    fc.assert(
      fc.property(sizes, (sizesBytes) => {
        const batches = batchBlobs(sizesBytes.map((sizeBytes, index) => ({ id: `${index}`, sizeBytes })));
        expect(batches.flat().toSorted()).toEqual(sizesBytes.map((_, index) => `${index}`).toSorted());
        for (const batch of batches) {
          const bytes = batch.reduce((sum, id) => sum + (sizesBytes[Number(id)] ?? 0), 0);
          expect(batch.length === 1 || (batch.length <= BATCH_BLOBS && bytes <= BATCH_BYTES)).toBe(true);
        }
      }),
    );
  });
});
