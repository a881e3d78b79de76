import { types } from 'pg';
import { expect, test } from 'vitest';
import { parseTime } from './parse-time.ts';

// oxlint-disable-next-line typescript/no-unsafe-assignment -- pg types its own parsers as any
const driversOwn: (text: string) => unknown = types.getTypeParser(types.builtins.TIMESTAMPTZ, 'text');

test.each([
  '2026-11-26 04:12:20+00',
  '2026-11-26 04:12:20.1+00',
  '2026-11-26 04:12:20.123456+00',
  '2026-11-26 04:12:20.999999+00',
  '1969-12-31 23:59:59.999+00',
  '0001-01-01 00:00:00+00',
  '0099-02-28 12:00:00.5+00',
  '0999-12-31 23:59:59.25+00',
  '1000-01-01 00:00:00.05+00',
  '2024-02-29 23:59:59.0005+00',
  '9999-12-31 23:59:59.999999+00',
  '2026-11-26 09:42:20.123+05:30',
  '2026-11-25 20:12:20-08',
  '0044-03-15 12:00:00+00 BC',
  '12026-01-01 00:00:00+00',
  'infinity',
  '-infinity',
])('the time %s is the one that the driver reads', (text) => {
  const time = parseTime(text);
  expect(time).toEqual(driversOwn(text));
  expect(writtenOf(time)).toEqual(writtenOf(driversOwn(text)));
});

/** Where it can be written. */
const writtenOf = (time: unknown) =>
  time instanceof Date
    ? [
        time.toISOString(),
        JSON.stringify({ time }),
        new Date(time).toISOString(),
        structuredClone(time).toISOString(),
      ]
    : time;
