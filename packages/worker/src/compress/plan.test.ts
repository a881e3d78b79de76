import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_BYTES, isWorthIt, type Known, planFor, samplesOf } from './plan.ts';

const GIB = 1024 ** 3;
const promising = { contentBytes: 1000, encodedBytes: 300 };

describe('planFor', () => {
  const planOf = (sizeBytes: number, sample: Known['sample']) => planFor({ sizeBytes, sample }, { level: 7 });

  test('keeps tiny content and content that does not shrink as it is', () => {
    const identity = { encoding: 'identity' };
    expect(planOf(0, null)).toEqual(identity);
    expect(planOf(1023, null)).toEqual(identity);
    expect(planOf(GIB, { contentBytes: 1000, encodedBytes: 990 })).toEqual(identity);
    expect(planOf(GIB, { contentBytes: 1000, encodedBytes: 1010 })).toEqual(identity);
  });

  test('makes small content one frame, and large content many, at the level of the configuration', () => {
    expect(planOf(1024, null)).toEqual({ encoding: 'one-frame', level: 7 });
    expect(planOf(FRAME_BYTES, null)).toEqual({ encoding: 'one-frame', level: 7 });
    expect(planOf(FRAME_BYTES + 1, promising)).toEqual({ encoding: 'seekable', level: 7 });
    expect(planOf(5 * 1024 ** 4, promising)).toEqual({ encoding: 'seekable', level: 7 });
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
