import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BodyChunk, cutBody } from './body-chunks.ts';

const CHUNK_BYTES = 10;

test('whatever pieces a body comes in, its chunks are whole but for the last, which says that it is', async () => {
  const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 35 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const whole = Buffer.concat(given);
      const body = Readable.from(given.map((piece) => Buffer.from(piece)));
      const cut = cutBody(body, { chunkBytes: CHUNK_BYTES, maxBytes: 1000 });
      const chunks: BodyChunk[] = [];
      for await (const chunk of cut.chunks) chunks.push(chunk);
      const lengths = chunks.map(({ bytes }) => bytes.length);
      expect(Buffer.concat(chunks.map(({ bytes }) => bytes))).toEqual(whole);
      expect(lengths.slice(0, -1).every((length) => length === CHUNK_BYTES)).toBe(true);
      expect(lengths.at(-1)).toBeLessThanOrEqual(CHUNK_BYTES);
      expect(chunks.map(({ isLast }) => isLast)).toEqual(lengths.map((_, i) => i === lengths.length - 1));
      const sha256 = createHash('sha256').update(whole).digest('hex');
      expect(cut.totals()).toMatchObject({ sizeBytes: whole.length, sha256 });
    }),
  );
});
