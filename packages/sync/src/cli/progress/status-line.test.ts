import { expect, test } from 'vitest';
import { fit } from './status-line.ts';

test('a line is cut where the terminal ends', () => {
  expect(fit('short', 10)).toBe('short');
  expect(fit('exactly ten', 11)).toBe('exactly ten');
  expect(fit('one too many', 11)).toBe('one too ma…');
  expect(fit('🦊🦊🦊', 2)).toBe('🦊…');
});
