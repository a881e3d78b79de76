import { expect, test } from 'vitest';
import { requestIdOf } from './request-id.ts';

const idFor = (given?: string) =>
  requestIdOf({ headers: given === undefined ? {} : { 'x-request-id': given } });
const OWN = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

test.each(['a', 'req-1', '01JD.x:y_z', 'x'.repeat(128)])('%s is kept', (given) => {
  expect(idFor(given)).toBe(given);
});

test.each([undefined, '', 'two words', 'a\nb', 'a, b', '{"a":1}', 'ü', 'x'.repeat(129)])(
  '%j is replaced',
  (given) => {
    expect(idFor(given)).toMatch(OWN);
  },
);
