import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_BYTES, isWorthIt, planFor, samplesOf } from './plan.ts';

const GIB = 1024 ** 3;
const promising = { contentBytes: 1000, encodedBytes: 300 };

describe('planFor', () => {
  test('keeps tiny content and content that does not shrink as it is', () => {
    expect(planFor(0, null)).toEqual({ encoding: 'identity' });
    expect(planFor(1023, null)).toEqual({ encoding: 'identity' });
    expect(planFor(GIB, { contentBytes: 1000, encodedBytes: 990 })).toEqual({ encoding: 'identity' });
    expect(planFor(GIB, { contentBytes: 1000, encodedBytes: 1010 })).toEqual({ encoding: 'identity' });
  });

  test('makes small content one frame, and large content many', () => {
    expect(planFor(1024, null)).toEqual({ encoding: 'one-frame' });
    expect(planFor(FRAME_BYTES, null)).toEqual({ encoding: 'one-frame' });
    expect(planFor(FRAME_BYTES + 1, promising)).toEqual({ encoding: 'seekable' });
    expect(planFor(5 * 1024 ** 4, promising)).toEqual({ encoding: 'seekable' });
  });
});

describe('samplesOf', () => {
  test('takes none of what is tried whole', () => {
    expect(samplesOf(0)).toEqual([]);
    expect(samplesOf(FRAME_BYTES)).toEqual([]);
  });

  test('stays within the content, from its first to its last byte, without looking twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: FRAME_BYTES + 1, max: 5 * 1024 ** 4 }), (sizeBytes) => {
        const spans = samplesOf(sizeBytes);
        const last = spans.at(-1);
        expect(spans[0]?.offset).toBe(0);
        expect((last?.offset ?? 0) + (last?.lengthBytes ?? 0)).toBe(sizeBytes);
        for (const [index, { offset }] of spans.entries()) {
          const before = spans[index - 1];
          expect(before === undefined || before.offset + before.lengthBytes <= offset).toBe(true);
        }
      }),
    );
  });
});

test('encoded content is kept when it saves two percent', () => {
  expect([isWorthIt(1000, 980), isWorthIt(1000, 981), isWorthIt(0, 13)]).toEqual([true, false, false]);
});
