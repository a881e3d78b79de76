import { expect, test } from 'vitest';
import { readDeepLink } from './read-deep-link.ts';

test('the one link there is opens the window', () => {
  expect(['instashare://open', 'instashare://open/'].map(readDeepLink)).toEqual(['open', 'open']);
});

test.each([
  'instashare://open/../settings',
  'instashare://open?server=https://evil.example',
  'instashare://open#x',
  'instashare://login',
  'https://open',
  'open',
  '',
])('%j is not for us', (link) => {
  expect(readDeepLink(link)).toBeNull();
});
