import { randomBytes } from 'node:crypto';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { constants, zstdCompressSync } from 'node:zlib';
import {
  type ContentLocation,
  encodeSeekTable,
  type Frame,
  frameChecksum,
  openContent,
} from '@instashare/backend/content';
import { StorageError } from '@instashare/backend/errors';
import { createDiskObjectStore, type ObjectStore } from '@instashare/backend/storage';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

interface World extends AsyncDisposable {
  /** The disk store, with every stream that it handed out. */
  readonly store: Pick<ObjectStore, 'read'>;
  readonly opened: readonly Readable[];
  put(key: string, bytes: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
}

async function openWorld(): Promise<World> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'content-')));
  const disk = opening.use(
    createDiskObjectStore({
      root: folder.path,
      publicUrl: 'http://x',
      urlSecret: 'x'.repeat(32),
      reserveBytes: 0,
    }),
  );
  const opened: Readable[] = [];
  const resources = opening.move();
  return {
    opened,
    store: {
      async read(key, options) {
        const stream = await disk.read(key, options);
        opened.push(stream);
        return stream;
      },
    },
    async put(key, bytes) {
      await disk.put(key, Readable.from([bytes]));
    },
    remove: (key) => disk.delete(key),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

const compressed = (bytes: Buffer) =>
  zstdCompressSync(bytes, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });

/** As the worker writes content that is larger than a frame. */
function seekable(content: Buffer, frameBytes: number): Buffer {
  const frames: Buffer[] = [];
  const sizes: Frame[] = [];
  for (let at = 0; at < content.length; at += frameBytes) {
    const part = content.subarray(at, at + frameBytes);
    const frame = compressed(part);
    frames.push(frame);
    sizes.push({ storedBytes: frame.length, contentBytes: part.length, ...frameChecksum(frame) });
  }
  return Buffer.concat([...frames, encodeSeekTable(sizes)]);
}

const zstdAt = (key: string, content: Buffer, stored: Buffer): ContentLocation => ({
  key,
  encoding: 'zstd',
  sizeBytes: content.length,
  storedBytes: stored.length,
});
const identityAt = (key: string, content: Buffer): ContentLocation => ({
  key,
  encoding: 'identity',
  sizeBytes: content.length,
  storedBytes: content.length,
});

const reason = (name: string): unknown => expect.objectContaining({ reason: name });

describe('openContent', () => {
  const content = randomBytes(1_000_000);
  /** As stored, each of another shape. */
  const objects = {
    'as it is': { encoding: 'identity', stored: content },
    'one frame': { encoding: 'zstd', stored: compressed(content) },
    'many frames': { encoding: 'zstd', stored: seekable(content, 70_000) },
    'more frames than one read of the end holds': { encoding: 'zstd', stored: seekable(content, 97) },
    'frames that fit into one read': {
      encoding: 'zstd',
      stored: seekable(content.subarray(0, 200_000), 9_000),
    },
  } as const;

  test.each(Object.entries(objects))(
    'gives any part of content stored as %s',
    async (_, { encoding, stored }) => {
      await using world = await openWorld();
      await world.put('u/b', stored);
      const whole =
        stored === objects['frames that fit into one read'].stored ? content.subarray(0, 200_000) : content;
      const location = { key: 'u/b', encoding, sizeBytes: whole.length, storedBytes: stored.length };
      expect(await buffer(await openContent(world.store, location))).toEqual(whole);

      const anySpan = fc.tuple(fc.nat(whole.length + 10), fc.nat(whole.length));
      const shortSpan = fc.tuple(fc.nat(whole.length), fc.nat(200));
      await fc.assert(
        fc.asyncProperty(fc.oneof(anySpan, shortSpan), async ([offset, lengthBytes]) => {
          const part = await buffer(await openContent(world.store, location, { offset, lengthBytes }));
          expect(part.equals(whole.subarray(offset, offset + lengthBytes))).toBe(true);
        }),
        { numRuns: 15 },
      );
      expect(world.opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
    },
  );

  test('reads for a part only the frames that hold it', async () => {
    await using world = await openWorld();
    const stored = seekable(content, 70_000);
    await world.put('u/b', stored);
    let storedBytes = 0;
    const counting: Pick<ObjectStore, 'read'> = {
      async read(key, options) {
        storedBytes += options?.lengthBytes ?? Number.POSITIVE_INFINITY;
        return world.store.read(key, options);
      },
    };
    const location = zstdAt('u/b', content, stored);
    const part = await buffer(await openContent(counting, location, { offset: 500_000, lengthBytes: 10 }));
    expect(part).toEqual(content.subarray(500_000, 500_010));
    expect(storedBytes).toBeLessThan(150_000);
  });

  test('of no bytes needs no object', async () => {
    await using world = await openWorld();
    const empty = identityAt('u/none', Buffer.alloc(0));
    expect(await buffer(await openContent(world.store, empty))).toEqual(Buffer.alloc(0));
  });

  test('says before the first byte that there is no object', async () => {
    await using world = await openWorld();
    for (const encoding of ['identity', 'zstd'] as const) {
      const location = { key: 'u/none', encoding, sizeBytes: 10, storedBytes: 10 };
      await expect(openContent(world.store, location)).rejects.toEqual(reason('object_missing'));
      const gone = { relocate: async () => null };
      await expect(openContent(world.store, location, gone)).rejects.toEqual(reason('object_missing'));
    }
  });

  test('goes on where the content is now, when the object is missing at the start', async () => {
    await using world = await openWorld();
    const stored = seekable(content, 70_000);
    await world.put('u/b.zst', stored);
    const relocate = async () => zstdAt('u/b.zst', content, stored);
    const options = { offset: 1000, relocate };
    const part = await buffer(await openContent(world.store, identityAt('u/b', content), options));
    expect(part.equals(content.subarray(1000))).toBe(true);
  });

  test('goes on at the same byte, when the object goes away in the middle', async () => {
    await using world = await openWorld();
    const stored = seekable(content, 70_000);
    await world.put('u/b.zst', stored);
    // A store that opens the object anew for each of its reads, as one in a cloud may.
    const torn: Pick<ObjectStore, 'read'> = {
      async read(key, options) {
        if (key === 'u/b.zst') return world.store.read(key, options);
        return Readable.from(
          (function* () {
            yield content.subarray(1000, 123_456);
            throw new StorageError('object_missing', 'gone');
          })(),
        );
      },
    };
    let asked = 0;
    const relocate = async () => {
      asked += 1;
      return zstdAt('u/b.zst', content, stored);
    };
    const location = identityAt('u/b', content);
    const part = await buffer(await openContent(torn, location, { offset: 1000, relocate }));
    expect(part.equals(content.subarray(1000))).toBe(true);
    expect(asked).toBe(1);

    const still = async () => location;
    const stuck = openContent(torn, location, { offset: 1000, relocate: still });
    await expect(stuck.then(buffer)).rejects.toEqual(reason('object_missing'));
  });

  test('destroyed at any point frees everything at once', async () => {
    await using world = await openWorld();
    const stored = seekable(content, 70_000);
    await world.put('u/b.zst', stored);
    await world.put('u/b', content);
    for (const location of [zstdAt('u/b.zst', content, stored), identityAt('u/b', content)]) {
      const unread = await openContent(world.store, location);
      unread.destroy();
      const half = await openContent(world.store, location);
      for await (const _ of half) break;
      const abort = new AbortController();
      const aborted = await openContent(world.store, location, { signal: abort.signal });
      abort.abort();
      await expect(buffer(aborted)).rejects.toThrow(/abort/i);
      await expect(openContent(world.store, location, { signal: abort.signal })).rejects.toThrow(/abort/i);
    }
    expect(world.opened.filter(({ destroyed }) => !destroyed)).toEqual([]);
  });
});

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

  test('S10 is not decoded past the size it should have', async () => {
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
