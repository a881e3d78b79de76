import { expect, test } from 'vitest';
import { expectedVersions } from './expected-versions.ts';

const sha256 = 'ab'.repeat(32);

test.each([
  [{}, undefined],
  [{ 'if-match': '"3"' }, [{ kind: 'number', number: 3 }]],
  [
    { 'if-match': `"${sha256}", "12"` },
    [
      { kind: 'content', sha256 },
      { kind: 'number', number: 12 },
    ],
  ],
  [{ 'if-match': ' * ' }, [{ kind: 'any' }]],
  [{ 'if-none-match': '*' }, [{ kind: 'number', number: 0 }]],
  // Of other tags `If-None-Match` asks nothing of a write of ours.
  [{ 'if-none-match': '"3"' }, undefined],
  // Weak tags, and what is no tag of ours, no file can meet; 0 is not a version.
  [{ 'if-match': 'W/"3"' }, []],
  [{ 'if-match': '"other"' }, []],
  [{ 'if-match': '3' }, []],
  [{ 'if-match': '"0"' }, []],
])('%j', (headers, expected) => {
  expect(expectedVersions(headers)).toEqual(expected);
});
