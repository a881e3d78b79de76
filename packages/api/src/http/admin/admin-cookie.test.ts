import { expect, test } from 'vitest';
import { adminCookieOf, clearAdminCookie, setAdminCookie } from './admin-cookie.ts';

test('the cookie is for the admin pages alone, and over TLS where there is TLS', () => {
  expect(setAdminCookie('https://files.example.org/share', 'a.b')).toBe(
    'instashare-admin=a.b; Path=/share/admin; HttpOnly; SameSite=Strict; Secure',
  );
  expect(clearAdminCookie('http://127.0.0.1:8321')).toBe(
    'instashare-admin=; Path=/admin; Max-Age=0; HttpOnly; SameSite=Strict',
  );
});

test('it is found among others, and what can not be one is none', () => {
  const of = (cookie: string) => adminCookieOf({ headers: { cookie } });
  expect([of('a=b; instashare-admin=x.y; c=d'), of('instashare-admin=x.y')]).toEqual(['x.y', 'x.y']);
  expect([of(''), of('not-instashare-admin=x'), of(`instashare-admin=${'x'.repeat(101)}`)]).toEqual([
    '',
    '',
    '',
  ]);
});
