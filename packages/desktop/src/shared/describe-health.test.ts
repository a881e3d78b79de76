import { expect, test } from 'vitest';
import { type AppState, SIGNED_OUT_STATE } from './app-state.ts';
import { describeHealth } from './describe-health.ts';

const wordsOf = (changes: Partial<AppState>) => describeHealth({ ...SIGNED_OUT_STATE, ...changes });
const FOLDER = {
  path: '/a',
  prefix: 'a',
  phase: 'up_to_date',
  files: 2,
  sizeBytes: 3000,
  heldDeletions: 0,
  failure: null,
} as const;

test('a pause says why, and when it ends', () => {
  const paused: AppState = { ...SIGNED_OUT_STATE, health: 'paused' };
  expect(describeHealth({ ...paused, pausedBy: 'person' }).detail).toContain('when you resume');
  expect(describeHealth({ ...paused, pausedBy: 'battery' }).detail).toContain('plugged in');
  expect(describeHealth({ ...paused, pausedBy: 'metered' }).detail).toContain('connection costs');
  const until = new Date(2026, 10, 26, 22, 5).toISOString();
  expect(describeHealth({ ...paused, pausedBy: 'hours', closedUntil: until }).detail).toContain('at 22:05');
});

test('an upload tells which file of how many, how fast and how long, no number ever torn from its unit', () => {
  const words = wordsOf({
    health: 'uploading',
    doneFiles: 11,
    totalFiles: 340,
    doneBytes: 1_000_000,
    totalBytes: 4_000_000,
    bytesPerSecond: 50_000,
    secondsLeft: 60,
  });
  expect(words).toEqual({
    title: 'Uploading 12 of 340',
    detail: '1.0\u00A0MB\u00A0of\u00A04.0\u00A0MB · 50.0\u00A0kB/s · 1\u00A0min\u00A0left',
  });
});

test.each([
  [{ transferCount: 3, downloadCount: 0 }, 'Uploading', '3 files to upload.'],
  [{ transferCount: 1, downloadCount: 1 }, 'Downloading', '1 file to download.'],
  [
    { transferCount: 3, downloadCount: 1 },
    'Uploading and downloading',
    '2 files to upload, 1 file to download.',
  ],
])('what is asked for by hand is told while the folders have nothing to do: %o', (changes, title, detail) => {
  expect(wordsOf({ health: 'uploading', ...changes })).toEqual({ title, detail });
});

test('the last file is not one more than there are', () => {
  expect(wordsOf({ health: 'uploading', doneFiles: 5, totalFiles: 5 }).title).toBe('Uploading 5 of 5');
});

test('up to date says how much is safe', () => {
  expect(wordsOf({ health: 'up_to_date', folders: [FOLDER] }).detail).toBe('2 files, 3.0 kB on the server.');
});

test.each<[Partial<AppState>, string]>([
  [{ engineFailure: 'It keeps stopping', needsLogin: true }, 'It keeps stopping'],
  [{ needsLogin: true }, 'Your log-in has ended. Log in again: nothing is lost.'],
  [{ folders: [{ ...FOLDER, phase: 'failed', failure: 'There is no folder /a' }] }, 'There is no folder /a'],
  [{ waitingFor: 'The account has no room' }, 'The account has no room'],
  [{ problemCount: 2 }, '2 files could not be uploaded.'],
  [{ folders: [{ ...FOLDER, heldDeletions: 3 }] }, 'Deleted files wait for you to confirm.'],
])('attention says what for: %o', (changes, detail) => {
  expect(wordsOf({ health: 'attention', ...changes })).toEqual({ title: 'Needs you', detail });
});
