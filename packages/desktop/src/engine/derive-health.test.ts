import { expect, test } from 'vitest';
import { deriveHealth, type FolderStanding } from './derive-health.ts';

const AT_REST: FolderStanding = { phase: 'up_to_date', waitReason: null, problems: 0, heldDeletions: 0 };
const UPLOADING: FolderStanding = { ...AT_REST, phase: 'uploading' };
const WAITING: FolderStanding = { ...AT_REST, phase: 'waiting', waitReason: 'busy' };
const SIGNED_IN = { isSignedIn: true, needsLogin: false, isServerAway: false };

test.each<[string, Partial<FolderStanding>[], string]>([
  ['nothing to do', [AT_REST], 'up_to_date'],
  ['no folder at all', [], 'up_to_date'],
  ['one of two uploads', [AT_REST, UPLOADING], 'uploading'],
  ['one of two is looked through', [AT_REST, { ...AT_REST, phase: 'scanning' }], 'scanning'],
  ['the server is busy', [UPLOADING, WAITING], 'waiting'],
  ['the server is away', [UPLOADING, { ...WAITING, waitReason: 'offline' }], 'offline'],
  ['there is no room', [{ ...WAITING, waitReason: 'quota' }], 'attention'],
  ['paused while the server is away', [{ ...WAITING, phase: 'paused', waitReason: 'offline' }], 'paused'],
  ['a file is left over', [{ ...AT_REST, problems: 1 }], 'attention'],
  ['deletions wait', [{ ...AT_REST, heldDeletions: 5 }], 'attention'],
  ['a file is left over while others go', [{ ...UPLOADING, problems: 1 }], 'uploading'],
  ['a folder is gone', [UPLOADING, { ...AT_REST, phase: 'failed' }], 'attention'],
])('%s', (_name, folders, expected) => {
  const all = folders.map((folder) => ({ ...AT_REST, ...folder }));
  expect(deriveHealth({ ...SIGNED_IN, folders: all })).toBe(expected);
});

test('C19: never "up to date" while the server does not answer', () => {
  expect(deriveHealth({ ...SIGNED_IN, isServerAway: true, folders: [AT_REST] })).toBe('offline');
});

test('a log-in that has ended comes before everything else', () => {
  expect(deriveHealth({ ...SIGNED_IN, needsLogin: true, isServerAway: true, folders: [UPLOADING] })).toBe(
    'attention',
  );
  expect(deriveHealth({ ...SIGNED_IN, isSignedIn: false, folders: [] })).toBe('signed_out');
});
