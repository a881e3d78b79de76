import { createHash, randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openContent } from '@instashare/backend/content';
import { toReadable } from '@instashare/backend/streams';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrameCompressor } from '../../src/compress/compress-frame.ts';
import { encodeFrames } from '../../src/compress/encode.ts';
import { FRAME_BYTES } from '../../src/compress/plan.ts';
import { createSlots } from '../../src/compress/slots.ts';
import { dense, openWorkerWorld } from '../support/world.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Text, noise and zeros by turns, as far as `length`. */
function contentOf(seed: number, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let have = 0, turn = seed; have < length; turn += 1) {
    const noise = createHash('sha512').update(`${turn}`).digest();
    const part = [
      Buffer.alloc(3000, noise.toString('hex')),
      Buffer.concat([noise, noise]),
      Buffer.alloc(500),
    ];
    const next = part[turn % 3] ?? noise;
    parts.push(next);
    have += next.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** The bytes in pieces of the given lengths, over and over. */
function* inPieces(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

test('a Range of what the encoder wrote is the same slice of the original, whatever the frames', async () => {
  await using world = await openWorkerWorld();
  const shape = fc.record({
    seed: fc.nat(1000),
    length: fc.oneof(fc.nat(300 * KIB), fc.constantFrom(64 * KIB, 64 * KIB + 1, 128 * KIB)),
    // From many tiny frames to one: a small one makes a table that is longer than what is read of the end at first.
    frameBytes: fc.oneof(fc.integer({ min: 20, max: 2000 }), fc.integer({ min: 2000, max: 400 * KIB })),
    pieces: fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 5 }),
    spans: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(100 * KIB)), {
      minLength: 3,
      maxLength: 6,
    }),
  });
  const compressFrame = createFrameCompressor({ atOnce: 2 });
  await fc.assert(
    fc.asyncProperty(shape, async ({ seed, length, frameBytes, pieces, spans }) => {
      const content = contentOf(seed, length);
      const slots = createSlots(3);
      const source = Readable.from(inPieces(content, pieces));
      const key = `${world.userId}/${randomUUID()}`;
      const body = toReadable(encodeFrames(source, { frameBytes, compressFrame, level: 1, slots }));
      const { sizeBytes: storedBytes } = await world.objects.put(key, body);
      const location = { key, encoding: 'zstd' as const, sizeBytes: length, storedBytes };
      const read = async (span = {}) => buffer(await openContent(world.objects, location, span));
      expect((await read()).equals(content)).toBe(true);
      for (const [share, lengthBytes] of spans) {
        const offset = Math.floor(share * length);
        const part = await read({ offset, lengthBytes });
        expect(part.equals(content.subarray(offset, offset + lengthBytes))).toBe(true);
      }
      await world.objects.delete(key);
    }),
    { numRuns: 60 },
  );
});

test('S5: while it compresses the loop stays free, so that nobody takes a job for stalled', async () => {
  await using world = await openWorkerWorld();
  const id = await world.store(dense(2 * FRAME_BYTES));
  const compress = createFrameCompressor({ atOnce: 2 });
  const frameMs: number[] = [];
  const compressFrame = async (content: Buffer) => {
    const startedMs = performance.now();
    const frame = await compress(content, 19);
    if (content.length > MIB) frameMs.push(performance.now() - startedMs);
    return frame;
  };
  using delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await world.compress([id], { compressFrame });
  delay.disable();
  expect(await world.blob(id)).toMatchObject({ status: 'ready', encoding: 'zstd' });
  expect(frameMs).toHaveLength(2);
  // One frame on the loop would have held it for all of its time.
  expect(delay.max / 1e6).toBeLessThan(Math.min(...frameMs) / 2);
});
