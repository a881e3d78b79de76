import { expect, test } from 'vitest';
import { inPlainWords } from './in-plain-words.ts';

test.each([
  [
    "Can't reach http://10.0.0.1: connect ECONNREFUSED 10.0.0.1:80",
    "Can't reach http://10.0.0.1: nothing answers there",
  ],
  [
    "Can't reach http://[::1]:8: connect ECONNREFUSED ::1:8. Try again",
    "Can't reach http://[::1]:8: nothing answers there. Try again",
  ],
  [
    "Can't reach https://a.invalid: getaddrinfo ENOTFOUND a.invalid",
    "Can't reach https://a.invalid: there is no such address",
  ],
  ["Can't reach https://b: read ECONNRESET", "Can't reach https://b: the connection broke off"],
  ['connect EWHATEVER 10.0.0.1:80', 'connect EWHATEVER 10.0.0.1:80'],
  ['Your account may not read EVERYTHING', 'Your account may not read EVERYTHING'],
])('%s', (message, words) => {
  expect(inPlainWords(message)).toBe(words);
});
