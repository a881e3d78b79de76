import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openContent } from '@instashare/backend/content';
import { StorageError } from '@instashare/backend/errors';
import type { ObjectStore } from '@instashare/backend/storage';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressed, identityAt, openWorld, reason, seekable, zstdAt } from './content-world.ts';

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
