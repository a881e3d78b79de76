import { AppFailure, toFailure } from '../shared/app-failure.ts';
import type { Failure } from '../shared/procedure.ts';

/** What the system says of a file, in words for whoever dropped it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there any more',
  EACCES: 'Your account may not read it',
  EPERM: 'Your account may not read it',
  EISDIR: 'It has become a folder',
  ENOSPC: 'There is no room left on this disk',
};

const NOT_WRITABLE = { code: 'not_writable', message: 'Your account may not write to that folder' };
/** The same of the folder that a download was to go to. */
const OF_FOLDER: Readonly<Record<string, Failure>> = {
  ENOENT: { code: 'folder_gone', message: 'That folder is not there any more' },
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: { code: 'not_writable', message: 'Nothing can be written to that disk' },
};

/** What a download failed by, when that was its folder; anything else as it is. */
export function asOfFolder(error: unknown): unknown {
  const failure = OF_FOLDER[toFailure(error).code];
  return failure === undefined ? error : new AppFailure(failure);
}

/** Why something that was asked for by hand has failed. */
export function transferFailure(error: unknown): Failure {
  const failure = toFailure(error);
  return { ...failure, message: WORDS[failure.code] ?? failure.message };
}
