import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { bodyOf, type DriverWorld, newKey } from './driver-world.ts';

export function describeMark(openWorld: () => Promise<DriverWorld>): void {
  test('there is none at first, the first one stays, and it is no object', async () => {
    await using world = await openWorld();
    const { store } = world;
    expect(await store.readMark()).toBeNull();
    const [first, second, key] = [randomUUID(), randomUUID(), newKey()];
    expect(await store.mark(first)).toBe(first);
    expect(await store.mark(second)).toBe(first);
    expect(await store.readMark()).toBe(first);
    await store.put(key, bodyOf(Buffer.from('an object')));
    expect((await store.list({ limit: 10 })).objects.map((object) => object.key)).toEqual([key]);
    await store.check();
  });

  test('of many who mark at once, one does, and all are told the same', async () => {
    await using world = await openWorld();
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const marks = await Promise.all(ids.map((id) => world.store.mark(id)));
    expect(new Set(marks).size).toBe(1);
    expect(ids).toContain(marks[0]);
  });
}
