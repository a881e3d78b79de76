import { expect, test } from 'vitest';
import { escapeHtml, formatBytes, formatTime } from './html.ts';

test('nothing that means something to HTML is left', () => {
  expect(escapeHtml(`<a href="x" onclick='y'>&amp;`)).toBe(
    '&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;amp;',
  );
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1023, '1023 bytes'],
  [1024, '1.0 KiB'],
  [1536 * 1024, '1.5 MiB'],
  [20 * 1024 ** 3, '20 GiB'],
  [5 * 1024 ** 4, '5.0 TiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test('a time reads the same everywhere', () => {
  expect(formatTime(new Date('2030-01-02T03:04:05Z'))).toBe('2030-01-02 03:04 UTC');
});
