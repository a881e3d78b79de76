import { expect, test } from 'vitest';
import { copyNameOf } from './copy-name.ts';

test.each([
  ['Documents/2026/report.pdf', 'report.pdf'],
  ['Größe 📄.txt', 'Größe 📄.txt'],
  ['a/..', 'file'],
  ['a/.hidden.txt', 'hidden.txt'],
  ['a/--help', 'help'],
  ['a/..\\..\\evil.txt', '_.._evil.txt'],
  ['a/C:evil.txt', 'C_evil.txt'],
  ['a/tab\tand\nline.txt', 'tab_and_line.txt'],
  ['a/photo\u202Egpj.png', 'photo_gpj.png'],
  ['a/report.pdf. . ', 'report.pdf'],
  ['a/con', '_con'],
  ['a/NUL.txt', '_NUL.txt'],
  ['a/console.txt', 'console.txt'],
  ['', 'file'],
])('%j is called %j', (path, name) => {
  expect(copyNameOf(path)).toBe(name);
});

test('a name that is too long keeps its ending, and no character is cut in two', () => {
  const name = copyNameOf(`${'📄'.repeat(80)}.docx`);
  expect(name).toBe(`${'📄'.repeat(48)}.docx`);
  expect(Buffer.byteLength(copyNameOf(`a.${'x'.repeat(400)}`))).toBeLessThanOrEqual(200);
});
