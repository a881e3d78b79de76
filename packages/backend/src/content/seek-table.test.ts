import { StorageError } from '@instashare/backend/errors';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSeekTable, type Frame, parseSeekTable, seekTableLength } from './seek-table.ts';

const frame = fc.record({
  storedBytes: fc.integer({ min: 1, max: 2 ** 24 }),
  contentBytes: fc.integer({ min: 0, max: 2 ** 24 }),
});
const frames = fc.array(frame, { maxLength: 50 });

function totals(all: readonly Frame[], table: Buffer) {
  return {
    storedBytes: all.reduce((sum, { storedBytes }) => sum + storedBytes, table.length),
    contentBytes: all.reduce((sum, { contentBytes }) => sum + contentBytes, 0),
  };
}

describe('the seek table', () => {
  test('is laid out as the format says', () => {
    const table = encodeSeekTable([
      { storedBytes: 0x01020304, contentBytes: 0x10 },
      { storedBytes: 5, contentBytes: 6 },
    ]);
    expect(table.toString('hex')).toBe(
      [
        '5e2a4d18',
        '19000000',
        '04030201',
        '10000000',
        '05000000',
        '06000000',
        '02000000',
        '00',
        'b1ea928f',
      ].join(''),
    );
  });

  test('reads back as it was written, with bytes before it or without', () => {
    fc.assert(
      fc.property(frames, fc.uint8Array({ maxLength: 40 }), (all, before) => {
        const table = encodeSeekTable(all);
        expect(seekTableLength(table)).toBe(table.length);
        expect(seekTableLength(Buffer.concat([before, table]))).toBe(table.length);
        expect(parseSeekTable(table, totals(all, table))).toEqual(all);
      }),
    );
  });

  test('holds checksums when every frame has one, and none otherwise', () => {
    const all = [
      { storedBytes: 7, contentBytes: 9, checksum: 0xddccbbaa },
      { storedBytes: 8, contentBytes: 1, checksum: 0 },
    ];
    const table = encodeSeekTable(all);
    expect(table.subarray(8, 20).toString('hex')).toBe('0700000009000000aabbccdd');
    expect(table.readUInt8(table.length - 5)).toBe(0x80);
    expect(seekTableLength(table)).toBe(table.length);
    expect(parseSeekTable(table, totals(all, table))).toEqual(all);

    const some = [...all, { storedBytes: 1, contentBytes: 1 }];
    const without = encodeSeekTable(some);
    expect(parseSeekTable(without, totals(some, without))).toEqual(
      some.map(({ storedBytes, contentBytes }) => ({ storedBytes, contentBytes })),
    );
  });

  test('is told apart from a frame that ends like one', () => {
    const table = encodeSeekTable([{ storedBytes: 7, contentBytes: 9 }]);
    const other = Buffer.from(table);
    other.writeUInt32LE(0xfd2fb528, 0);
    expect(seekTableLength(Buffer.concat([Buffer.alloc(10), other]))).toBeNull();
    expect(seekTableLength(table.subarray(0, -1))).toBeNull();
    expect(seekTableLength(Buffer.alloc(0))).toBeNull();
    const reserved = Buffer.from(table);
    reserved.writeUInt8(0x04, table.length - 5);
    expect(seekTableLength(reserved)).toBeNull();
  });

  test('that was damaged is never taken for another one', () => {
    const all = [
      { storedBytes: 100, contentBytes: 200 },
      { storedBytes: 300, contentBytes: 400 },
    ];
    const table = encodeSeekTable(all);
    fc.assert(
      fc.property(fc.nat(table.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Buffer.from(table);
        damaged.writeUInt8(damaged.readUInt8(at) ^ flip, at);
        let read: readonly Frame[] = all;
        try {
          read = parseSeekTable(damaged, totals(all, table));
        } catch (error) {
          expect(error).toBeInstanceOf(StorageError);
        }
        // The unused bits of the descriptor may be anything.
        expect(read).toEqual(all);
      }),
      { numRuns: 500 },
    );
  });

  test('with a frame that no memory should be given to is refused', () => {
    const all = [{ storedBytes: 100, contentBytes: 0xffff_ffff }];
    const table = encodeSeekTable(all);
    expect(() => parseSeekTable(table, totals(all, table))).toThrow('too large');
  });
});
