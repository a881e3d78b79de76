import { expect, test } from 'vitest';
import { isUnencryptedInPublic, withScheme } from './server-address.ts';

test.each([
  'localhost:8321',
  'nas:8321',
  'nas',
  'box.local',
  '127.0.0.1:8321',
  '10.1.2.3',
  '172.16.0.9:8321',
  '172.31.0.9',
  '192.168.1.5:8321',
  '[::1]:8321',
  '[fd00::7]',
])('%s is on a network of one’s own, where there is no certificate', (address) => {
  expect(withScheme(address)).toBe(`http://${address}`);
  expect(isUnencryptedInPublic(`http://${address}`)).toBe(false);
});

test.each([
  'files.example.org',
  'localhost.evil.org',
  '10.example.org',
  '192.168.example.org',
  '172.32.0.1',
  '8.8.8.8:8321',
  '[2001:db8::1]',
])('%s is public: encrypted unless it is typed otherwise, and then it is said', (address) => {
  expect(withScheme(address)).toBe(`https://${address}`);
  expect(isUnencryptedInPublic(`http://${address}`)).toBe(true);
  expect(isUnencryptedInPublic(`https://${address}`)).toBe(false);
});

test('a scheme that is typed stays', () => {
  expect(withScheme('http://files.example.org')).toBe('http://files.example.org');
  expect(withScheme('HTTPS://nas')).toBe('HTTPS://nas');
});
