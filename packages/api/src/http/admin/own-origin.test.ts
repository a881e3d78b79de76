import { expect, test } from 'vitest';
import { requireOwnOrigin } from './own-origin.ts';

const PUBLIC_URL = 'https://files.example.org/share';

function isTaken(headers: Record<string, string>, host = 'files.example.org'): boolean {
  try {
    requireOwnOrigin({ headers, host }, PUBLIC_URL);
    return true;
  } catch {
    return false;
  }
}

test('a form of our own page is taken, by the public address or the one that was asked', () => {
  const origin = 'https://files.example.org';
  expect(isTaken({ origin, 'sec-fetch-site': 'same-origin' })).toBe(true);
  expect(isTaken({ origin })).toBe(true);
  expect(isTaken({ origin }, '10.0.0.1:8321')).toBe(true);
  expect(isTaken({ origin: 'http://10.0.0.1:8321' }, '10.0.0.1:8321')).toBe(true);
});

test.each([
  [{}],
  [{ origin: 'null' }],
  [{ origin: 'nonsense' }],
  [{ origin: 'https://evil.example.org' }],
  [{ origin: 'https://files.example.org.evil.com' }],
  [{ origin: 'http://10.0.0.1:8321' }],
  [{ 'sec-fetch-site': 'same-origin' }],
  [{ origin: 'https://files.example.org', 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://files.example.org', 'sec-fetch-site': 'cross-site' }],
  [{ origin: 'https://files.example.org', 'sec-fetch-site': 'none' }],
])('%j is refused', (headers: Record<string, string>) => {
  expect(isTaken(headers)).toBe(false);
});
