import { expect, test } from 'vitest';
import { lookAtHours, parseHours } from './hours.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 5, day, hour, minute).getTime();

/** What hours say of a moment in June, as it is at the place of the one who runs this. */
function look(text: string, atMs: number) {
  const hours = parseHours(text);
  if (hours === null) throw new Error(`${text} should be hours`);
  return lookAtHours(hours, atMs);
}

test.each([
  ['22:00-06:00', at(10, 23), { isWithin: true, untilMs: at(11, 6) }],
  ['22:00-06:00', at(10, 5, 59), { isWithin: true, untilMs: at(10, 6) }],
  ['22:00-06:00', at(10, 6), { isWithin: false, untilMs: at(10, 22) }],
  ['22:00-06:00', at(10, 21, 59), { isWithin: false, untilMs: at(10, 22) }],
  ['9:30-17:00', at(10, 9, 30), { isWithin: true, untilMs: at(10, 17) }],
  ['9:30-17:00', at(10, 9, 29), { isWithin: false, untilMs: at(10, 9, 30) }],
  ['9:30-17:00', at(10, 17), { isWithin: false, untilMs: at(11, 9, 30) }],
  ['18:00-24:00', at(10, 23, 59), { isWithin: true, untilMs: at(11, 0) }],
  ['18:00-00:00', at(10, 23, 59), { isWithin: true, untilMs: at(11, 0) }],
  ['00:00-06:00', at(10, 7), { isWithin: false, untilMs: at(11, 0) }],
])('%s', (text, atMs, seen) => {
  expect(look(text, atMs)).toEqual(seen);
});

test.each([
  '',
  '22-6',
  '22:00',
  '22:60-06:00',
  '25:00-06:00',
  '24:01-06:00',
  '06:00-06:00',
  '00:00-24:00',
  'a:b-c:d',
])('"%s" is no part of a day', (text) => {
  expect(parseHours(text)).toBeNull();
});
