import { describe, expect, test } from 'vitest';
import { requireOwnOrigin } from './own-origin.ts';

function isTaken(publicUrl: string, headers: Record<string, string>, host: string): boolean {
  try {
    requireOwnOrigin({ headers, host }, publicUrl);
    return true;
  } catch {
    return false;
  }
}

describe('with an address that people are told', () => {
  const isTakenHere = (headers: Record<string, string>, host = 'files.example.org') =>
    isTaken('https://files.example.org/share', headers, host);

  test('a form of a page there is taken, whatever the proxy says of the address', () => {
    const origin = 'https://files.example.org';
    expect(isTakenHere({ origin, 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(isTakenHere({ origin })).toBe(true);
    expect(isTakenHere({ origin }, '10.0.0.1:8321')).toBe(true);
  });

  test.each([
    [{}],
    [{ origin: 'null' }],
    [{ origin: 'nonsense' }],
    [{ origin: 'https://evil.example.org' }],
    [{ origin: 'https://files.example.org.evil.com' }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ origin: 'https://files.example.org', 'sec-fetch-site': 'same-site' }],
    [{ origin: 'https://files.example.org', 'sec-fetch-site': 'cross-site' }],
    [{ origin: 'https://files.example.org', 'sec-fetch-site': 'none' }],
  ])('%j is refused', (headers: Record<string, string>) => {
    expect(isTakenHere(headers)).toBe(false);
  });

  test.each(['http://files.example.org', 'http://10.0.0.1:8321', 'http://127.0.0.1:8321'])(
    'one of %s is refused, though it came to that address: the cookie would cross the network in the clear, or be lost',
    (origin) => {
      expect(isTakenHere({ origin }, new URL(origin).host)).toBe(false);
    },
  );
});

describe('with none, or one of this machine', () => {
  test.each([
    ['http://127.0.0.1:8321', '10.0.0.1'],
    ['http://localhost:8321', 'localhost:8321'],
    ['http://[::1]:8321', '[::1]:8321'],
    ['http://localhost:9000', 'localhost:9000'],
  ])('one of %s is taken at %s', (origin, host) => {
    expect(isTaken('http://127.0.0.1:8321', { origin }, host)).toBe(true);
  });

  test.each([
    // Behind a proxy that ends TLS, of which nobody told us.
    ['https://files.example.org', 'files.example.org'],
    ['https://127.0.0.1:8321', '127.0.0.1:8321'],
    ['http://files.example.org', 'files.example.org'],
    // Another program of this machine.
    ['http://localhost:3000', 'localhost:8321'],
    // A name that leads to this machine.
    ['http://127.0.0.1.evil.com:8321', '127.0.0.1.evil.com:8321'],
    ['http://127.evil.com', '127.evil.com'],
  ])('one of %s is refused at %s', (origin, host) => {
    expect(isTaken('http://127.0.0.1:8321', { origin }, host)).toBe(false);
  });
});
