import { assert, nat, option, property } from 'fast-check';
import { expect, test } from 'vitest';
import { requestedRange } from './requested-range.ts';

const content = {
  sizeBytes: 1000,
  etag: '"abc"',
  modifiedAt: new Date('2026-11-24T10:00:00.700Z'),
  isDateExact: true,
};

test.each([
  [undefined, null],
  ['bytes=0-', { offset: 0, lengthBytes: 1000 }],
  ['bytes=0-0', { offset: 0, lengthBytes: 1 }],
  ['bytes=990-2000', { offset: 990, lengthBytes: 10 }],
  ['bytes=-5', { offset: 995, lengthBytes: 5 }],
  ['bytes=-5000', { offset: 0, lengthBytes: 1000 }],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-2', null],
  ['bytes=990-99999999999999999999999', { offset: 990, lengthBytes: 10 }],
  ['bytes=99999999999999999999999-', 'unsatisfiable'],
  ['bytes=0-1,5-6', null],
  ['lines=0-1', null],
  ['nonsense', null],
])('%s', (range, expected) => {
  expect(requestedRange({ range }, content)).toEqual(expected);
});

test('If-Range with another ETag asks for the whole', () => {
  expect(requestedRange({ range: 'bytes=0-1', 'if-range': '"other"' }, content)).toBeNull();
  expect(requestedRange({ range: 'bytes=0-1', 'if-range': '"abc"' }, content)).toEqual({
    offset: 0,
    lengthBytes: 2,
  });
});

test.each([
  ['"abc"', true],
  ['W/"abc"', false],
  ['Tue, 24 Nov 2026 10:00:00 GMT', true],
  ['Tue, 24 Nov 2026 10:00:01 GMT', false],
  ['Tue, 24 Nov 2026 09:59:59 GMT', false],
  ['nonsense', false],
])('If-Range %s: %s', (ifRange, isPart) => {
  const range = requestedRange({ range: 'bytes=0-1', 'if-range': ifRange }, content);
  expect(range).toEqual(isPart ? { offset: 0, lengthBytes: 2 } : null);
});

test('If-Range with a date that two contents had asks for the whole', () => {
  const headers = { range: 'bytes=0-1', 'if-range': 'Tue, 24 Nov 2026 10:00:00 GMT' };
  expect(requestedRange(headers, { ...content, isDateExact: false })).toBeNull();
});

test('no part of an empty content can be asked for', () => {
  expect(requestedRange({ range: 'bytes=0-0' }, { ...content, sizeBytes: 0 })).toBe('unsatisfiable');
});

test('a range that is given lies within the content, whatever the header', () => {
  const bound = option(nat(3000), { nil: '' });
  assert(
    property(nat(2000), bound, bound, (sizeBytes, first, last) => {
      const range = requestedRange({ range: `bytes=${first}-${last}` }, { ...content, sizeBytes });
      if (range === null || range === 'unsatisfiable') return;
      expect(range.lengthBytes).toBeGreaterThan(0);
      expect(range.offset).toBeGreaterThanOrEqual(0);
      expect(range.offset + range.lengthBytes).toBeLessThanOrEqual(sizeBytes);
    }),
  );
});
