import { expect, test } from 'vitest';
import { wrapParagraphs } from './help-text.ts';

test('paragraphs are wrapped where the terminal ends, and tables stay as they are', () => {
  const text = '\none two three\nfour five\n\nbash:  a line that must stay in one piece\n\nsix';
  expect(wrapParagraphs(text, 10)).toBe(
    '\none two\nthree four\nfive\n\nbash:  a line that must stay in one piece\n\nsix',
  );
});
