import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { bodyOf, type DriverWorld, openUpload } from './driver-world.ts';

export function describeListing(openWorld: () => Promise<DriverWorld>): void {
  test('gives every object once, in key order, in pages', async () => {
    await using world = await openWorld();
    const { store } = world;
    // One owner's id may start as another's does.
    const keys = ['a-b/x', 'a/x', 'a/x-1', 'a/x.zst', 'a/y', 'ab/x', 'b/x'];
    for (const [index, key] of keys.toReversed().entries()) await store.put(key, bodyOf(randomBytes(index)));
    await openUpload(store, 10);

    for (const limit of [1, 2, 3, 7, 100]) {
      const listed: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await store.list({ limit, cursor });
        expect(page.objects.length).toBeLessThanOrEqual(limit);
        listed.push(...page.objects.map(({ key }) => key));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(listed).toEqual(keys);
    }
  });

  test('goes on behind any key, whether there is an object of that name or not', async () => {
    await using world = await openWorld();
    const { store } = world;
    for (const key of ['a/x', 'a/y', 'b/x']) await store.put(key, bodyOf(randomBytes(5)));
    const keysAfter = async (cursor: string) =>
      (await store.list({ cursor, limit: 10 })).objects.map(({ key }) => key);
    expect(await keysAfter('a/x')).toEqual(['a/y', 'b/x']);
    expect(await keysAfter('a/x-gone-since')).toEqual(['a/y', 'b/x']);
    expect(await keysAfter('b/x')).toEqual([]);
  });

  test('gives only what starts with the prefix, with size and time', async () => {
    await using world = await openWorld();
    const { store } = world;
    const startedMs = Date.now() - 5000;
    for (const key of ['a/x', 'a/x-1', 'a/y', 'ab/x']) await store.put(key, bodyOf(randomBytes(5)));
    const keysOf = async (prefix: string) =>
      (await store.list({ prefix, limit: 10 })).objects.map(({ key }) => key);
    expect(await keysOf('a')).toEqual(['a/x', 'a/x-1', 'a/y', 'ab/x']);
    expect(await keysOf('a/')).toEqual(['a/x', 'a/x-1', 'a/y']);
    expect(await keysOf('a/x')).toEqual(['a/x', 'a/x-1']);
    expect(await keysOf('c')).toEqual([]);
    const { objects, nextCursor } = await store.list({ prefix: 'ab/', limit: 1 });
    expect(objects).toMatchObject([{ key: 'ab/x', sizeBytes: 5 }]);
    expect(objects[0]?.createdAt.getTime()).toBeGreaterThan(startedMs);
    expect(nextCursor).toBeNull();
  });

  test('goes on behind any key within the prefix, wherever that lies', async () => {
    await using world = await openWorld();
    const { store } = world;
    for (const key of ['a/x', 'a/y', 'a/z', 'b/x', 'b/y']) await store.put(key, bodyOf(randomBytes(5)));
    const keysOf = async (prefix: string, cursor: string, limit = 10) => {
      const { objects, nextCursor } = await store.list({ prefix, cursor, limit });
      return [...objects.map(({ key }) => key), nextCursor];
    };
    expect(await keysOf('a/', 'a/x')).toEqual(['a/y', 'a/z', null]);
    expect(await keysOf('a/', 'a/x', 1)).toEqual(['a/y', 'a/y']);
    expect(await keysOf('a/', 'a/z')).toEqual([null]);
    // As of another listing: before the prefix all is to come, and behind it nothing.
    expect(await keysOf('b/', 'a/y')).toEqual(['b/x', 'b/y', null]);
    expect(await keysOf('a/', 'b/x')).toEqual([null]);
  });
}
