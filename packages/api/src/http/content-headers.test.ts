import { parse } from 'content-disposition';
import { expect, test } from 'vitest';
import { contentHeaders } from './content-headers.ts';

const dispositionOf = (contentType: string, disposition: 'attachment' | 'inline') =>
  contentHeaders({ path: 'a', contentType, disposition })['content-disposition'];

test.each(['image/png', 'image/JPEG', 'audio/mpeg', 'video/mp4', 'text/plain', 'text/plain; charset=utf-8'])(
  '%s is shown inline when asked for',
  (contentType) => {
    expect(dispositionOf(contentType, 'inline')).toMatch(/^inline;/);
    expect(dispositionOf(contentType, 'attachment')).toMatch(/^attachment;/);
  },
);

test.each([
  'image/svg+xml',
  'text/html',
  'text/html; x=image/png',
  'application/xhtml+xml',
  'text/xml',
  'application/pdf',
  'application/javascript',
  'text/plain-html',
  'application/octet-stream',
])('S8: %s never is', (contentType) => {
  expect(dispositionOf(contentType, 'inline')).toMatch(/^attachment;/);
});

test.each([
  'plain.txt',
  'two words.txt',
  'quo"te.txt',
  'back\\slash.txt',
  'Übung – 日本語 🎉.txt',
  "100%'s; a=b.txt",
])('the name %s comes through (RFC 6266), in one line of ASCII', (name) => {
  const header = contentHeaders({
    path: `folder/${name}`,
    contentType: 'text/plain',
    disposition: 'attachment',
  })['content-disposition'];
  expect(header).toMatch(/^[\x20-\x7e]+$/);
  expect(parse(header ?? '').parameters['filename']).toBe(name);
});
