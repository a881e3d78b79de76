import { expect, test } from 'vitest';
import { Refusal, translateError } from './failure.ts';

test.each([
  ['a status', new Refusal(500, 'backendError'), ' (500)'],
  [
    'the code of what was wrong at last',
    new TypeError('fetch failed', { cause: Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }) }),
    ' (ENOTFOUND)',
  ],
  ['that nothing came in time', new DOMException('The operation was aborted', 'TimeoutError'), ' (timeout)'],
  ['nothing that is not known', new Error('something'), ''],
])('what can not be used is told with %s', (_, error, why) => {
  expect(translateError(error)).toMatchObject({
    reason: 'storage_failed',
    message: `Google Cloud Storage could not be used${why}`,
    cause: error,
  });
});
