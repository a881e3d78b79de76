import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inFrames } from './in-frames.ts';

test('keeps the bytes and their order, and fills every frame but the last', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)));
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 40 }), async (source, frameBytes) => {
      const frames: Buffer[] = [];
      for await (const frame of inFrames(Readable.from(source), frameBytes)) frames.push(frame);
      expect(Buffer.concat(frames)).toEqual(Buffer.concat(source));
      expect(frames.slice(0, -1).every(({ length }) => length === frameBytes)).toBe(true);
      expect(frames.every(({ length }) => length > 0 && length <= frameBytes)).toBe(true);
    }),
  );
});
