import { expect, test } from 'vitest';
import { wordsOfUpdateFailure } from './update-failure.ts';

const failure = (message: string, code?: string) => Object.assign(new Error(message), { code });

test.each([
  [failure('sha512 checksum mismatch, expected a, got b', 'ERR_CHECKSUM_MISMATCH'), 'thrown away'],
  [failure('New version is not signed', 'ERR_UPDATER_INVALID_SIGNATURE'), 'thrown away'],
  [failure('net::ERR_NAME_NOT_RESOLVED'), 'can’t be reached'],
  [failure('EACCES: permission denied\n    at unlink'), 'It could not be updated: EACCES: permission denied'],
])('%s', (error, words) => {
  expect(wordsOfUpdateFailure(error)).toContain(words);
  expect(wordsOfUpdateFailure(error)).not.toContain('\n');
});
