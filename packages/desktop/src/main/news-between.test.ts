import { expect, test } from 'vitest';
import { type AppState, SIGNED_OUT_STATE } from '../shared/app-state.ts';
import { type Heard, hear, type News } from './news-between.ts';

const stateOf = (changes: Partial<AppState>): AppState => ({ ...SIGNED_OUT_STATE, ...changes });
/** The news that are told from `states`, each null where there is none. */
function newsOf(...states: AppState[]): (News | null)[] {
  let before: Heard | null = null;
  return states.map((state) => {
    const { heard, news } = hear(before, state);
    before = heard;
    return news;
  });
}
const newsBetween = (before: AppState, after: AppState): News | null => newsOf(before, after)[1] ?? null;
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

test('the same trouble is told once, however much is uploaded meanwhile, until it has passed', () => {
  const uploading = stateOf({ health: 'uploading', problemCount: 1 });
  const parked = (problemCount: number) => stateOf({ health: 'attention', problemCount });
  const bodies = (...states: AppState[]) =>
    newsOf(UP_TO_DATE, ...states).flatMap((news) => (news === null ? [] : [news.body]));
  const one = '1 file could not be uploaded.';
  const two = '2 files could not be uploaded.';
  expect(bodies(parked(1), uploading, parked(1), uploading, parked(1))).toEqual([one]);
  expect(bodies(parked(1), uploading, parked(2), uploading, parked(1), uploading, parked(2))).toEqual([
    one,
    two,
    two,
  ]);
  expect(bodies(parked(1), UP_TO_DATE, parked(1))).toEqual([one, one]);
});

test('a disk that stays away is told once, and by its name', () => {
  const folder = { prefix: 'Disk', phase: 'failed', files: 0, sizeBytes: 0, heldDeletions: 0 } as const;
  const folders = [{ ...folder, path: '/media/Disk', failure: 'It is not there' }];
  const away = stateOf({ health: 'attention', folders });
  const again = stateOf({ health: 'scanning' });
  expect(newsOf(UP_TO_DATE, away, again, away, again, away).map((news) => news?.body ?? null)).toEqual([
    null,
    "/media/Disk can't be uploaded.",
    null,
    null,
    null,
    null,
  ]);
});

test('a log-in that can not be read is told, also right after the start', () => {
  const unread = stateOf({ needsAccount: true });
  const body = 'Nobody is logged in: nothing is uploaded until you log in.';
  expect(newsOf(unread, unread).map((news) => news?.body)).toEqual([body, undefined]);
  expect(newsOf(SIGNED_OUT_STATE, unread).map((news) => news?.body)).toEqual([undefined, body]);
});

test('another trouble is told, though there is one that lasts', () => {
  const parked = stateOf({ health: 'attention', problemCount: 1 });
  const loggedOut = stateOf({ health: 'attention', problemCount: 1, needsLogin: true });
  expect(newsOf(UP_TO_DATE, parked, loggedOut, loggedOut).map((news) => news?.body)).toEqual([
    undefined,
    '1 file could not be uploaded.',
    'Log in again to go on.',
    undefined,
  ]);
});
