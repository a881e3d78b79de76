import { expect, test } from 'vitest';
import { createNewId } from './new-id.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids are UUIDv7s, no two alike, and in the order in which they were made', () => {
  let now = Date.UTC(2026, 10, 25);
  const newId = createNewId(() => now);
  const ids = Array.from({ length: 5_000 }, (_, made) => {
    if (made % 1_000 === 0) now += 1;
    // A clock that is set back does not put them out of order.
    if (made === 4_500) now -= 60_000;
    return newId();
  });
  expect(ids.filter((id) => !UUID_V7.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  expect(Number.parseInt(ids[0]?.replace('-', '').slice(0, 12) ?? '', 16)).toBe(Date.UTC(2026, 10, 25) + 1);
});
