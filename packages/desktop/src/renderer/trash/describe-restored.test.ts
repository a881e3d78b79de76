import { expect, test } from 'vitest';
import { describeRestored } from './describe-restored.ts';

const taken = [{ id: 'one', suggestedPath: 'a (2)' }];

test('what came of files that were wanted back is told in one message', () => {
  expect(describeRestored({ restored: 1, taken: [], failure: null })).toEqual({
    text: '1 file restored.',
    isError: false,
  });
  expect(describeRestored({ restored: 1200, taken, failure: null })).toEqual({
    text: '1,200 files restored. 1 file stayed: other files have their paths by now.',
    isError: true,
  });
  expect(describeRestored({ restored: 0, taken, failure: 'The server is away' })).toEqual({
    text:
      'Nothing was restored. 1 file stayed: other files have their paths by now. ' +
      'The rest is still in the trash: The server is away',
    isError: true,
  });
});
