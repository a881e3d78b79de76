import { expect, test } from 'vitest';
import { byteaArray, plainArray, textArray, timeArray } from './array-literal.ts';

test('arrays are written as PostgreSQL reads them', () => {
  expect([
    plainArray([]),
    plainArray([1, null, -2]),
    timeArray([new Date(0), null]),
    textArray(['', 'NULL', null, 'a,b', '{}', 'say "no"', 'back\\slash', 'two\nlines', ' ünï ']),
    byteaArray(['00ff', '']),
  ]).toEqual([
    '{}',
    '{1,NULL,-2}',
    '{1970-01-01T00:00:00.000Z,NULL}',
    '{"","NULL",NULL,"a,b","{}","say \\"no\\"","back\\\\slash","two\nlines"," ünï "}',
    '{"\\\\x00ff","\\\\x"}',
  ]);
});
