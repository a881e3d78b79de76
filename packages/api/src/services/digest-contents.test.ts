import { hash } from 'node:crypto';
import { array, assert, integer, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { createContentDigests } from './digest-contents.ts';

const digest = (content: Uint8Array) => hash('sha256', content, 'hex');

test('each content is hashed by itself, wherever the body is cut', () => {
  const contents = array(uint8Array({ maxLength: 40 }), { maxLength: 20 });
  const cuts = array(integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });
  assert(
    property(contents, cuts, (bytes, lengths) => {
      const body = Buffer.concat(bytes);
      const { digests, update } = createContentDigests(bytes.map(({ length }) => length));
      for (let start = 0, chunk = 0; start < body.length; chunk += 1) {
        const end = start + (lengths[chunk % lengths.length] ?? 1);
        update(body.subarray(start, end));
        start = end;
      }
      expect(digests).toEqual(bytes.map(digest));
    }),
  );
});

test('what has not come whole has no digest, and what comes behind the last is left alone', () => {
  const { digests, update } = createContentDigests([3, 3]);
  update(Buffer.from('abcd'));
  expect(digests).toEqual([digest(Buffer.from('abc'))]);
  update(Buffer.from('ef and more'));
  expect(digests).toEqual(['abc', 'def'].map((content) => digest(Buffer.from(content))));
});
