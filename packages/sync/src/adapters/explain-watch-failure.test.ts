import { expect, test } from 'vitest';
import { explainWatchFailure } from './explain-watch-failure.ts';

test.each([
  [
    "inotify_add_watch on '/home/ada' failed: No space left on device",
    'sudo sysctl fs.inotify.max_user_watches=',
  ],
  ['ENOSPC: System limit for number of file watchers reached', 'sudo sysctl fs.inotify.max_user_watches='],
  ['Unable to initialize inotify: Too many open files', 'sudo sysctl fs.inotify.max_user_instances='],
])('C9: "%s" is explained, with the command that raises the limit', (message, command) => {
  const cause = new Error(message);
  const explained = explainWatchFailure(cause, 'linux');
  expect(explained.message).toContain(command);
  expect(explained.cause).toBe(cause);
});

test('what is no limit, and what another system says, stays as it is', () => {
  const error = new Error('No space left on device');
  expect(explainWatchFailure(error, 'darwin')).toBe(error);
  const other = new Error('Error reading from inotify: Permission denied');
  expect(explainWatchFailure(other, 'linux')).toBe(other);
});
