import { toFailure } from '../shared/app-failure.ts';
import type { Failure } from '../shared/procedure.ts';

/** What the system says of a file, in words for whoever dropped it. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'It is not there any more',
  EACCES: 'Your account may not read it',
  EPERM: 'Your account may not read it',
  EISDIR: 'It has become a folder',
  ENOSPC: 'There is no room left on this disk',
};

/** Why something that was asked for by hand has failed. */
export function transferFailure(error: unknown): Failure {
  const failure = toFailure(error);
  return { ...failure, message: WORDS[failure.code] ?? failure.message };
}
