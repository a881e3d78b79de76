import { expect, test } from 'vitest';
import { parseContentRange } from './content-range.ts';

const KIB_256 = 256 * 1024;
const SIZE = 2 * KIB_256 + 10;

test.each([
  [undefined, { kind: 'whole' }],
  ['bytes */*', { kind: 'query' }],
  [`bytes */${SIZE}`, { kind: 'query' }],
  [`bytes 0-${SIZE - 1}/${SIZE}`, { kind: 'chunk', first: 0, last: SIZE - 1 }],
  [`bytes 0-${KIB_256 - 1}/*`, { kind: 'chunk', first: 0, last: KIB_256 - 1 }],
  [`bytes ${2 * KIB_256}-${SIZE - 1}/${SIZE}`, { kind: 'chunk', first: 2 * KIB_256, last: SIZE - 1 }],
])('%s', (header, expected) => {
  expect(parseContentRange(header, SIZE)).toEqual(expected);
});

test.each([
  ['bytes', /must be "bytes first-last\/total"/],
  ['bytes 1-/5', /must be "bytes first-last\/total"/],
  [`bytes 5-4/${SIZE}`, /does not lie within/],
  [`bytes 0-${SIZE}/${SIZE}`, /does not lie within/],
  [`bytes 0-99/${SIZE}`, /multiple of 262144/],
  [`bytes 0-99/${SIZE + 1}`, new RegExp(`${SIZE} bytes were declared, but Content-Range says ${SIZE + 1}`)],
])('refuses %s', (header, reason) => {
  expect(() => parseContentRange(header, SIZE)).toThrow(reason);
});
