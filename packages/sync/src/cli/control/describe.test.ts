import { expect, test } from 'vitest';
import { UnusableRulesError } from '../../engine/unusable-rules-error.ts';
import { parseIgnoreFile } from '../../model/ignore-file.ts';
import { explain } from '../cli-error.ts';
import { createStyle } from '../style.ts';
import { describeEvent } from '../watch/describe-event.ts';
import { describeStatus } from './describe-status.ts';
import { describeWhy } from './describe-why.ts';
import type { StatusReply, WhyReply } from './protocol.ts';

const plain = createStyle(false);

const CALM: StatusReply = {
  folder: '/home/ada/Pictures',
  to: 'Pictures',
  server: 'http://a',
  pid: 1,
  phase: 'up_to_date',
  totalFiles: 0,
  totalBytes: 0,
  doneFiles: 0,
  doneBytes: 0,
  active: [],
  stored: { files: 3, sizeBytes: 3_000 },
  heldDeletions: 0,
  isPaused: false,
  closedUntil: null,
  limits: { bytesPerSecond: null, hours: null },
  waiting: null,
  heardAt: null,
  problems: { count: 0, some: [] },
};

const linesOf = (reply: Partial<StatusReply>) => describeStatus({ ...CALM, ...reply }, plain).split('\n');

test('a status says what is done, what is left, what is wrong and what to do', () => {
  expect(linesOf({})).toEqual([
    '/home/ada/Pictures → http://a, folder Pictures',
    '  Up to date: 3 files, 3.0 kB',
  ]);
  const work = { totalFiles: 4, doneFiles: 1, totalBytes: 4_000_000, doneBytes: 1_000_000 };
  expect(linesOf({ phase: 'uploading', ...work }).slice(1)).toEqual([
    '  Uploading: 1 of 4 files, 1.0 MB of 4.0 MB',
  ]);
  const waiting = { reason: 'offline', code: 'network', message: "Can't reach http://a", retryInMs: 7_300 };
  expect(linesOf({ phase: 'waiting', waiting, ...work }).slice(1)).toEqual([
    "  Waiting: Can't reach http://a; trying again in 7 s",
    '    Check that the server runs and that this machine is online.',
    '  1 of 4 files, 1.0 MB of 4.0 MB stored',
  ]);
  const some = [{ localPath: 'secret', code: 'EACCES', message: "can't be opened: permission denied" }];
  expect(linesOf({ problems: { count: 1_002, some } }).slice(2)).toEqual([
    '  1,002 problems:',
    "    secret: can't be opened: permission denied",
    '      Give the account that runs the watch the right to read it.',
    '    and 1,001 more',
  ]);
});

test('C19: a status says how old it is', () => {
  const heardAt = new Date(2026, 5, 10, 22).toISOString();
  expect(linesOf({ heardAt }).slice(1)).toEqual([
    '  Up to date: 3 files, 3.0 kB',
    '  The server last answered at 2026-06-10 22:00',
  ]);
});

test('C18: limits are told, and outside of the hours until when nothing is uploaded', () => {
  const limits = { bytesPerSecond: 2_000_000, hours: '22:00-06:00' };
  const closedUntil = new Date(2026, 5, 10, 22).toISOString();
  expect(linesOf({ phase: 'paused', limits, closedUntil, totalFiles: 2 }).slice(1)).toEqual([
    '  Outside of its hours: it goes on at 2026-06-10 22:00',
    '  0 of 2 files, 0 B of 0 B stored',
    '  Limited to 2.0 MB/s, the hours 22:00-06:00',
  ]);
  expect(linesOf({ phase: 'paused', isPaused: true, closedUntil }).slice(1)).toEqual([
    '  Paused: "instashare resume" goes on',
  ]);
  expect(whyOf({ state: 'queued', sizeBytes: 2 }, { closedUntil }).slice(1)).toEqual([
    '  Outside of its hours: it goes on at 2026-06-10 22:00',
  ]);
});

test('C15: a status does not say that all is well and keep quiet about held deletions', () => {
  expect(linesOf({ heldDeletions: 870 }).slice(1)).toEqual([
    '  Up to date: 3 files, 3.0 kB',
    '  Gone from the folder, but kept on the server: 870 files',
    '    If it is meant: "instashare confirm-deletes".',
  ]);
});

const whyOf = (path: WhyReply['path'], reply: Partial<WhyReply> = {}) =>
  describeWhy({ path, isPaused: false, closedUntil: null, waiting: null, ...reply }, plain).split('\n');

test('C23: why says the state, the kind of failure, the next try and what to do', () => {
  expect(
    whyOf({
      state: 'retrying',
      inMs: 61_000,
      code: 'EIO',
      message: "can't be read: the disk reports an error",
      failureClass: 'transient',
    }),
  ).toEqual([
    "  Not stored: can't be read: the disk reports an error",
    '    EIO: it may pass by itself; the next try is in 1 min 1 s',
    '    Check the disk that it lies on.',
  ]);
  expect(
    whyOf({ state: 'given_up', code: 'invalid_name', message: 'no such name', failureClass: 'permanent' }),
  ).toEqual([
    '  Not stored: no such name',
    '    invalid_name: it lasts until the file changes; the next try is when it changes, or at "instashare sync"',
    '    Rename it.',
  ]);
  const skipped = { state: 'skipped', at: 'a', isFolderOnTheWay: false, isStored: false } as const;
  expect(whyOf({ ...skipped, why: 'symlink' })).toEqual(['  It is a symbolic link: these are not followed']);
  const rule = { pattern: 'build/', from: 'file', file: 'sub/.instashareignore', line: 3 } as const;
  const below = { ...skipped, at: 'sub/build', isFolderOnTheWay: true, isStored: true };
  expect(whyOf({ ...below, why: 'ignored', rule })).toEqual([
    '  Its folder sub/build is ignored by line 3 of sub/.instashareignore: "build/"',
    '    It was uploaded before: that stays on the server, as it was then',
  ]);
});

test('C23: what keeps everything back is told of a file that it keeps back, and of no other', () => {
  expect(whyOf({ state: 'queued', sizeBytes: 2 }, { isPaused: true })).toEqual([
    '  Waits for its turn: 2 B',
    '  Paused: "instashare resume" goes on',
  ]);
  expect(whyOf({ state: 'missing', isStored: false, isHeld: false }, { isPaused: true })).toEqual([
    '  There is nothing here',
  ]);
});

test('C23: of a file whose deletion is held it is told what to do', () => {
  expect(whyOf({ state: 'missing', isStored: true, isHeld: true })).toEqual([
    '  Gone from the folder, with much else, but kept on the server until somebody says that it is meant',
    '    If it is meant: "instashare confirm-deletes".',
  ]);
});

test('a state that can not be written is no fault of the program', () => {
  const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  expect(explain(full)).toMatchObject({
    code: 'SQLITE_FULL',
    exitCode: 1,
    message:
      "What is known of the folder can't be read or noted down: database or disk is full. Is the disk full?",
  });
  expect(explain(Object.assign(new Error('what?'), { code: 'ERR_INVALID_STATE' }))).toBeUndefined();
});

test('what a pattern has in it does not move the cursor', () => {
  const { problem } = parseIgnoreFile('\u001b[2Jall is well[\n', '.instashareignore');
  const failure = new UnusableRulesError('', new Error(problem ?? ''));
  const told = { localPath: '', code: failure.code, message: failure.message };
  const spoken = [
    ...linesOf({ problems: { count: 1, some: [told] } }),
    ...whyOf({ state: 'given_up', ...told, failureClass: 'permanent' }),
    describeEvent({ type: 'problem', ...told }, { isOnce: false }) ?? '',
    explain(failure)?.message ?? '',
  ];
  expect(spoken.filter((line) => line.includes('?[2Jall is well'))).toHaveLength(4);
  expect(spoken.join('')).not.toContain('\u001b');
});
