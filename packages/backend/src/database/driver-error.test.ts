import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { expect, test } from 'vitest';
import { isDatabaseAway } from './driver-error.ts';

const failed = (fields: object) =>
  new QueryFailedError('SELECT 1', [], Object.assign(new Error('failed'), fields));

test.each([
  ['is shut down', failed({ code: '57P01' })],
  ['starts', failed({ code: '57P03' })],
  ['can not be reached', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
  ['broke the connection', failed({ message: 'Connection terminated unexpectedly' })],
  ['broke it in a transaction', new QueryRunnerAlreadyReleasedError()],
  ['broke it between two statements of one', new QueryRunnerProviderAlreadyReleasedError()],
])('a database that %s is away', (_, error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

test.each([failed({ code: '23505' }), failed({ code: '42601' }), new TypeError('a bug'), null])(
  '%s is no sign of that',
  (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  },
);
