import { expect, test } from 'vitest';
import { type AppState, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { newsBetween } from './news-between.ts';

const stateOf = (changes: Partial<AppState>): AppState => ({ ...SIGNED_OUT_STATE, ...changes });
const UP_TO_DATE = stateOf({ health: 'up_to_date' });

test('a large burst is told once, when it is done', () => {
  const uploading = stateOf({ health: 'uploading', totalFiles: 340 });
  expect(newsBetween(UP_TO_DATE, uploading)).toBeNull();
  expect(newsBetween(uploading, uploading)).toBeNull();
  expect(newsBetween(uploading, UP_TO_DATE)).toEqual({ title: 'Up to date', body: '340 files uploaded.' });
});

test('a few files are not worth a word', () => {
  expect(newsBetween(stateOf({ health: 'uploading', totalFiles: 9 }), UP_TO_DATE)).toBeNull();
});

test('trouble that needs a person is told with what to do, and once', () => {
  const loggedOut = stateOf({ health: 'attention', needsLogin: true });
  expect(newsBetween(UP_TO_DATE, loggedOut)?.body).toBe('Log in again to go on.');
  expect(newsBetween(loggedOut, loggedOut)).toBeNull();
  const failing = stateOf({ health: 'attention', problemCount: 1 });
  expect(newsBetween(UP_TO_DATE, failing)?.body).toBe('1 file could not be uploaded.');
});

test('offline passes by itself: nobody is told', () => {
  expect(newsBetween(UP_TO_DATE, stateOf({ health: 'offline' }))).toBeNull();
});
