import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { selectFrames } from './select-frames.ts';

const a = { storedBytes: 10, contentBytes: 100 };
const b = { storedBytes: 20, contentBytes: 100 };
const c = { storedBytes: 30, contentBytes: 50 };

describe('selectFrames', () => {
  test.each([
    { span: [0, 250], frames: [a, b, c], storedOffset: 0, contentOffset: 0, storedBytes: 60 },
    { span: [0, 100], frames: [a], storedOffset: 0, contentOffset: 0, storedBytes: 10 },
    { span: [99, 101], frames: [a, b], storedOffset: 0, contentOffset: 0, storedBytes: 30 },
    { span: [100, 101], frames: [b], storedOffset: 10, contentOffset: 100, storedBytes: 20 },
    { span: [249, 250], frames: [c], storedOffset: 30, contentOffset: 200, storedBytes: 30 },
  ] as const)('$span', ({ span: [offset, end], ...selection }) => {
    expect(selectFrames([a, b, c], offset, end)).toEqual(selection);
  });

  test('covers any span, and begins and ends with a frame that holds a byte of it', () => {
    const frame = fc.record({ storedBytes: fc.integer({ min: 1, max: 9 }), contentBytes: fc.nat(9) });
    const someFrames = fc
      .array(frame, { maxLength: 20 })
      .map((frames) => [...frames, a])
      .map((frames) => ({ frames, total: frames.reduce((sum, { contentBytes }) => sum + contentBytes, 0) }));
    const span = someFrames.chain(({ frames, total }) =>
      fc
        .tuple(fc.nat(total - 1), fc.nat(total - 1))
        .map(([x, y]) => ({ frames, offset: Math.min(x, y), end: Math.max(x, y) + 1 })),
    );
    fc.assert(
      fc.property(span, ({ frames, offset, end }) => {
        const selection = selectFrames(frames, offset, end);
        const selected = selection.frames.reduce((sum, { contentBytes }) => sum + contentBytes, 0);
        const last = selection.frames.at(-1)?.contentBytes ?? 0;
        expect(selection.contentOffset).toBeLessThanOrEqual(offset);
        expect(selection.contentOffset + (selection.frames[0]?.contentBytes ?? 0)).toBeGreaterThan(offset);
        expect(selection.contentOffset + selected).toBeGreaterThanOrEqual(end);
        expect(selection.contentOffset + selected - last).toBeLessThan(end);
      }),
    );
  });
});
