import { expect, test } from 'vitest';
import { contentTypeSchema } from './file.ts';

test.each(['image/png', 'text/plain;charset=utf-8', 'text/plain \t; \tcharset="utf 8"', 'a/b;'])(
  'takes %j',
  (contentType) => {
    expect(contentTypeSchema.safeParse(contentType).success).toBe(true);
  },
);

test.each([
  'image',
  'text/plain;\r\nX: 1',
  'text/plain\n;a=b',
  'text/plain;\u2028a=b',
  'text/plain;a=b\r',
  'text/plain; name=é',
])('refuses %j: it could break a header', (contentType) => {
  expect(contentTypeSchema.safeParse(contentType).success).toBe(false);
});
