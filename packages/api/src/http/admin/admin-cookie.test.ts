import { expect, test } from 'vitest';
import { adminCookiesOf, clearAdminCookie, setAdminCookie } from './admin-cookie.ts';

test('the cookie is for the admin pages alone, and over TLS where there is TLS', () => {
  expect(setAdminCookie('https://files.example.org/share', 'a.b')).toBe(
    'instashare-admin=a.b; Path=/share/admin; HttpOnly; SameSite=Strict; Secure',
  );
  expect(clearAdminCookie('http://127.0.0.1:8321')).toBe(
    'instashare-admin=; Path=/admin; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict',
  );
});

test('it is found among others, and what can not be one is none', () => {
  const of = (cookie: string) => adminCookiesOf({ headers: { cookie } });
  expect([of('a=b; instashare-admin=x.y; c=d'), of('instashare-admin=x.y')]).toEqual([['x.y'], ['x.y']]);
  const none = ['', 'not-instashare-admin=x', `instashare-admin=${'x'.repeat(101)}`, 'a=instashare-admin=x'];
  expect(none.map(of)).toEqual([[], [], [], []]);
});

test('one that somebody else has set before ours hides nothing', () => {
  const header = ['x.y', 'x.y', 'z', ...Array.from({ length: 9 }, (_, at) => `a${at}`)];
  const cookie = header.map((value) => `instashare-admin=${value}`).join('; ');
  expect(adminCookiesOf({ headers: { cookie } })).toEqual(['x.y', 'z', 'a0', 'a1', 'a2']);
});
