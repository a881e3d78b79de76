import { sep } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { objectPaths } from './object-paths.ts';

describe('objectPaths', () => {
  test('puts an object and its part into the folder of its owner', () => {
    expect(objectPaths('/data', 'u1/b1.zst')).toEqual({
      folder: '/data/u1',
      object: '/data/u1/b1.zst',
      part: '/data/u1/b1.zst.part',
    });
  });

  test.each([
    '',
    'u1',
    'u1/',
    '/b1',
    'u1/b1/c1',
    '../b1',
    'u1/..',
    'u1/.',
    'u1/b1.part',
    'u1/b1.zst.part',
    'u1/b1.ZST',
    'U1/b1',
    'u1/b 1',
    'u1/b1\n',
    'u1\\b1/c',
    'u1/b\u0000',
    `u1/${'b'.repeat(65)}`,
  ])('refuses %j', (key) => {
    expect(() => objectPaths('/data', key)).toThrow('This is no key of an object');
  });

  test('S9: no text at all leads out of the root or into a part', () => {
    const oddText = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('..', '.', '/', '\\', 'a', '\0', '.zst', '.part', '~'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(oddText, (key) => {
        let paths: ReturnType<typeof objectPaths>;
        try {
          paths = objectPaths('/data', key);
        } catch {
          return;
        }
        expect(paths.object.split(sep)).toHaveLength(4);
        expect(paths.object).not.toMatch(/\.\.|\.part$/);
      }),
    );
  });
});
