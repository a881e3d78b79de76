import { describe, expect, test } from 'vitest';
import { checkPreconditions } from './preconditions.ts';

const content = {
  etag: '"abc"',
  modifiedAt: new Date('2026-11-24T10:00:00.700Z'),
  isDateExact: true,
};
const SAME = 'Tue, 24 Nov 2026 10:00:00 GMT';
const BEFORE = 'Tue, 24 Nov 2026 09:59:59 GMT';
const AFTER = 'Tue, 24 Nov 2026 10:00:01 GMT';

test.each([
  [{}, 'proceed'],
  [{ 'if-none-match': '"abc"' }, 'not_modified'],
  [{ 'if-none-match': 'W/"abc"' }, 'not_modified'],
  [{ 'if-none-match': '"other" , W/"more",  "abc"' }, 'not_modified'],
  [{ 'if-none-match': '*' }, 'not_modified'],
  [{ 'if-none-match': '"other"' }, 'proceed'],
  [{ 'if-none-match': 'abc' }, 'proceed'],
  [{ 'if-none-match': '"x,"abc""' }, 'proceed'],
  [{ 'if-modified-since': SAME }, 'not_modified'],
  [{ 'if-modified-since': AFTER }, 'not_modified'],
  [{ 'if-modified-since': BEFORE }, 'proceed'],
  [{ 'if-modified-since': 'yesterday' }, 'proceed'],
  [{ 'if-modified-since': '2027' }, 'proceed'],
  // The tag says more than the date.
  [{ 'if-none-match': '"other"', 'if-modified-since': SAME }, 'proceed'],
  [{ 'if-match': '"abc"' }, 'proceed'],
  [{ 'if-match': '*' }, 'proceed'],
  [{ 'if-match': '"other", "abc"' }, 'proceed'],
  [{ 'if-match': 'W/"abc"' }, 'failed'],
  [{ 'if-match': '"other"' }, 'failed'],
  [{ 'if-unmodified-since': SAME }, 'proceed'],
  [{ 'if-unmodified-since': BEFORE }, 'failed'],
  [{ 'if-unmodified-since': 'nonsense' }, 'proceed'],
  [{ 'if-match': '"abc"', 'if-unmodified-since': BEFORE }, 'proceed'],
  [{ 'if-match': '"abc"', 'if-none-match': '"abc"' }, 'not_modified'],
] as const)('%j: %s', (headers, expected) => {
  expect(checkPreconditions(headers, content)).toBe(expected);
});

describe('dates', () => {
  test.each(['Tue, 24 Nov 2026 10:00:00 GMT', 'Tuesday, 24-Nov-26 10:00:00 GMT', 'Tue Nov 24 10:00:00 2026'])(
    'are understood in every form: %s',
    (date) => {
      expect(checkPreconditions({ 'if-modified-since': date }, content)).toBe('not_modified');
      expect(checkPreconditions({ 'if-unmodified-since': date }, content)).toBe('proceed');
    },
  );

  test('say nothing when the file changed twice in that second', () => {
    const twice = { ...content, isDateExact: false };
    expect(checkPreconditions({ 'if-modified-since': AFTER }, twice)).toBe('proceed');
    expect(checkPreconditions({ 'if-none-match': '"abc"' }, twice)).toBe('not_modified');
  });
});
