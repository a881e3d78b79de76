import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BATCH_BLOBS, BATCH_BYTES, type BlobBatch, batchBlobs } from './batch-blobs.ts';
import { PRIORITIES } from './priority.ts';

const small = (id: string) => ({ id, sizeBytes: 10 });
const big = (id: string) => ({ id, sizeBytes: BATCH_BYTES + 1 });
const idsOf = (batches: readonly BlobBatch[]) => batches.map(({ blobIds }) => blobIds);

describe('batchBlobs', () => {
  test('puts small blobs together and gives a big one a job of its own', () => {
    expect(batchBlobs([])).toEqual([]);
    expect(batchBlobs([small('a'), big('b'), small('c'), big('d')])).toEqual([
      { blobIds: ['a', 'c'], priority: PRIORITIES.urgent },
      { blobIds: ['b'], priority: PRIORITIES.large },
      { blobIds: ['d'], priority: PRIORITIES.large },
    ]);
  });

  test('starts another job when one is full', () => {
    const ids = Array.from({ length: BATCH_BLOBS + 1 }, (_, index) => `${index}`);
    expect(idsOf(batchBlobs(ids.map(small)))).toEqual([ids.slice(0, -1), [`${BATCH_BLOBS}`]]);
    const half = { id: 'h', sizeBytes: BATCH_BYTES / 2 };
    expect(idsOf(batchBlobs([half, half, half]))).toEqual([['h', 'h'], ['h']]);
  });

  test('loses none, doubles none and stays within both bounds', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: BATCH_BYTES * 1.5 }), { maxLength: 300 });
    fc.assert(
      fc.property(sizes, (sizesBytes) => {
        const blobs = sizesBytes.map((sizeBytes, index) => ({ id: `${index}`, sizeBytes }));
        const batches = idsOf(batchBlobs(blobs));
        expect(batches.flat().toSorted()).toEqual(sizesBytes.map((_, index) => `${index}`).toSorted());
        for (const batch of batches) {
          const bytes = batch.reduce((sum, id) => sum + (sizesBytes[Number(id)] ?? 0), 0);
          expect(batch.length === 1 || (batch.length <= BATCH_BLOBS && bytes <= BATCH_BYTES)).toBe(true);
        }
      }),
    );
  });
});
