import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import {
  type ContentLocation,
  encodeSeekTable,
  frameChecksum,
  openContent,
} from '@instashare/backend/content';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressed, openWorld, reason, seekable, zstdAt } from './content-world.ts';

describe('an object that is not what its row says', () => {
  const content = Buffer.from('a line of text that repeats\n'.repeat(40_000));

  async function damage(stored: Buffer, location: Partial<ContentLocation> = {}) {
    await using world = await openWorld();
    await world.put('u/b', stored);
    const whole = { ...zstdAt('u/b', content, stored), ...location };
    const outcome = await openContent(world.store, whole)
      .then(buffer)
      .catch((error: unknown) => error);
    expect(world.opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
    return outcome;
  }

  test('is an error, and never other bytes', async () => {
    const stored = seekable(content, 100_000);
    const flipped = Buffer.from(stored);
    flipped.writeUInt8(flipped.readUInt8(50) ^ 1, 50);
    expect(await damage(flipped)).toEqual(reason('object_damaged'));
    expect(await damage(stored.subarray(0, -20), { storedBytes: stored.length })).toEqual(
      reason('object_damaged'),
    );
    expect(await damage(stored, { storedBytes: stored.length - 20 })).toEqual(reason('object_damaged'));
    expect(await damage(Buffer.alloc(0), { storedBytes: 100 })).toEqual(reason('object_damaged'));
    expect(await damage(randomBytes(700_000))).toEqual(reason('object_damaged'));
    const short = { encoding: 'identity' } as const;
    expect(await damage(content.subarray(0, -1), { ...short, storedBytes: content.length })).toEqual(
      reason('object_damaged'),
    );
  });

  test('a whole frame in the place of another is told by the checksums of the seek table', async () => {
    const frameBytes = 100_000;
    const frames = [0, 1].map((half) => compressed(randomBytes(frameBytes).fill(half, 0, 50_000)));
    const [first, second] = frames.map((frame) => ({
      storedBytes: frame.length,
      contentBytes: frameBytes,
      ...frameChecksum(frame),
    }));
    if (first === undefined || second === undefined) throw new Error('there are two');
    const location = { sizeBytes: 2 * frameBytes };
    const rightOrder = Buffer.concat([...frames, encodeSeekTable([first, second])]);
    expect(await damage(rightOrder, location)).toHaveLength(2 * frameBytes);
    const swapped = [second, first].map(({ checksum = 0 }, index) => ({
      ...(index === 0 ? first : second),
      checksum,
    }));
    const wrongOrder = Buffer.concat([...frames, encodeSeekTable(swapped)]);
    expect(await damage(wrongOrder, location)).toEqual(reason('object_damaged'));
  });

  test('S10: whatever bytes stand there, and whatever its row says, it is an error and no crash', async () => {
    await using world = await openWorld();
    const whole = seekable(content, 100_000);
    const table = encodeSeekTable([{ storedBytes: 50, contentBytes: 1000 }]);
    const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some));
    const stored = fc.oneof(
      bytes,
      // What ends like a table, and what begins like a frame.
      bytes.map((some) => Buffer.concat([some, table])),
      bytes.map((some) => Buffer.concat([whole.subarray(0, 20), some, table])),
      // Damaged anywhere, its table among it.
      fc.record({ at: fc.nat(whole.length - 1), with: bytes }).map((damaged) => {
        const copy = Buffer.from(whole);
        damaged.with.copy(copy, damaged.at);
        return copy;
      }),
      fc.nat(whole.length).map((length) => whole.subarray(length)),
    );
    let key = 0;
    await fc.assert(
      fc.asyncProperty(stored, fc.nat(2_000_000), fc.boolean(), async (object, sizeBytes, isTold) => {
        key += 1;
        await world.put(`u/${key}`, object);
        const said = { key: `u/${key}`, sizeBytes: isTold ? content.length : sizeBytes };
        const location = { ...said, encoding: 'zstd' as const, storedBytes: object.length };
        const outcome = await openContent(world.store, location)
          .then(buffer)
          .catch((error: unknown) => error);
        // Right, or known to be wrong.
        if (Buffer.isBuffer(outcome))
          expect([outcome.length, isTold || sizeBytes === 0]).toEqual([said.sizeBytes, true]);
        else expect(outcome).toEqual(reason('object_damaged'));
        if (Buffer.isBuffer(outcome) && isTold) expect(outcome.equals(content)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(world.opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
  });

  test('S10: is not decoded past the size it should have', async () => {
    const bomb = compressed(Buffer.alloc(64 * 1024 * 1024));
    expect(await damage(bomb, { sizeBytes: 1000 })).toEqual(reason('object_damaged'));
    expect(await damage(bomb, { sizeBytes: 64 * 1024 * 1024 })).toEqual(reason('object_damaged'));
    const small = compressed(Buffer.alloc(1000));
    const lying = Buffer.concat([bomb, encodeSeekTable([{ storedBytes: bomb.length, contentBytes: 1000 }])]);
    expect(await damage(lying, { sizeBytes: 1000 })).toEqual(reason('object_damaged'));
    expect(await damage(small, { sizeBytes: 2000 })).toEqual(reason('object_damaged'));
    expect(await damage(Buffer.concat([small, small]), { sizeBytes: 1000 })).toEqual(
      reason('object_damaged'),
    );
  });
});
