import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pageFile } from './page-file.ts';

test.each([
  ['app://instashare/index.html', 'index.html'],
  ['app://instashare/assets/index-1a2b.js', 'assets/index-1a2b.js'],
  ['app://instashare/assets/index.css?x=1#y', 'assets/index.css'],
  // An address leads nowhere above its own root.
  ['app://instashare/%2e%2e/../main/main.js', 'main/main.js'],
])('%s is a file of the page', (address, path) => {
  expect(pageFile('/app/page', address)).toBe(join('/app/page', path));
});

test.each([
  'app://instashare/..%2f..%2fsecret.js',
  'app://instashare/',
  'app://instashare/main.cjs',
  'app://elsewhere/index.html',
  'file:///app/page/index.html',
  'https://instashare/index.html',
])('%s is none', (address) => {
  expect(pageFile('/app/page', address)).toBeNull();
});
