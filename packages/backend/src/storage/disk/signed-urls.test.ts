import { describe, expect, test } from 'vitest';
import { createSignedUrls } from './signed-urls.ts';

const id = '01940000-0000-7000-8000-000000000001';
const now = new Date('2026-01-01T00:00:00.000Z');
const inOneHour = new Date('2026-01-01T01:00:00.000Z');

function urlsAt(clock: Date, { secret = 'a secret', purpose = 'upload url' } = {}) {
  const base = 'http://files.example/storage/uploads/';
  return createSignedUrls({ base, purpose, secret, clock: () => clock });
}

function queryOf(url: string): Record<string, string> {
  return Object.fromEntries(new URL(url).searchParams);
}

/** Another text for the same bytes: of the last character of 43 only four bits count. */
function withOtherEnd(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(signature.at(-1) ?? '');
  const other = `${signature.slice(0, -1)}${alphabet[last + 1]}`;
  expect(Buffer.from(other, 'base64url').equals(bytes)).toBe(true);
  return other;
}

describe('signed urls', () => {
  const url = urlsAt(now).sign(id, inOneHour);

  test('name the thing and when they expire', () => {
    expect(url).toMatch(
      new RegExp(`^http://files\\.example/storage/uploads/${id}\\?expires=1767229200&signature=[\\w-]{43}$`),
    );
  });

  test('hold until they expire', () => {
    expect(urlsAt(now).verify(id, queryOf(url))).toBe(true);
    expect(urlsAt(new Date(inOneHour.getTime() - 1)).verify(id, queryOf(url))).toBe(true);
    expect(urlsAt(inOneHour).verify(id, queryOf(url))).toBe(false);
  });

  test('hold for no other thing, time, secret or purpose', () => {
    const query = queryOf(url);
    expect(urlsAt(now).verify(id.replace('1', '2'), query)).toBe(false);
    expect(urlsAt(now).verify(id, { ...query, expires: '1999999999' })).toBe(false);
    expect(urlsAt(now).verify(id, { ...query, signature: withOtherEnd(query['signature'] ?? '') })).toBe(
      false,
    );
    expect(urlsAt(now, { secret: 'another' }).verify(id, query)).toBe(false);
    expect(urlsAt(now, { purpose: 'another' }).verify(id, query)).toBe(false);
  });

  test.each([
    {},
    { expires: '1767229200' },
    { expires: '1767229200', signature: '' },
    { expires: '1767229200', signature: ['a', 'b'] },
    { expires: ['1767229200'], signature: 'x' },
    { expires: '-1', signature: 'x' },
    { expires: 'NaN', signature: 'x' },
  ])('%j is refused', (query) => {
    expect(urlsAt(now).verify(id, query)).toBe(false);
  });
});
