import { expect, test } from 'vitest';
import { JOB_NAMES, JOBS } from './definitions.ts';

test('every job is named in the list', () => {
  expect([...JOB_NAMES]).toEqual(Object.keys(JOBS));
});
