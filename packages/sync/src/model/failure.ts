/**
 * What a failure means for the one who goes on:
 * - `global`: nothing goes through at the moment, whichever file: pause all;
 * - `transient`: this file, later;
 * - `permanent`: this file, not before it changes;
 * - `vanished`: the file is gone, which is no failure.
 */
export type FailureClass = 'global' | 'transient' | 'permanent' | 'vanished';

const CLASS_OF_CODE: Readonly<Record<string, FailureClass>> = {
  network: 'global',
  bad_response: 'global',
  unavailable: 'global',
  rate_limited: 'global',
  quota_exceeded: 'global',
  storage_full: 'global',
  unauthenticated: 'global',
  session_ended: 'global',
  token_refused: 'global',
  insufficient_scope: 'global',
  access_token_expired: 'global',
  auth_store_failed: 'global',
  invalid_input: 'permanent',
  payload_too_large: 'permanent',
  invalid_name: 'permanent',
  name_collision: 'permanent',
  unusable_rules: 'permanent',
  ENOENT: 'vanished',
  ENOTDIR: 'vanished',
  EACCES: 'permanent',
  EPERM: 'permanent',
  // The file became a symbolic link: it is opened without following one.
  ELOOP: 'vanished',
  ENAMETOOLONG: 'permanent',
};

/** Codes are those of InstashareErrors and of Node's system errors; one not known may well pass. */
export function classOfCode(code: string): FailureClass {
  return CLASS_OF_CODE[code] ?? 'transient';
}

const WORDS_OF_CODE: Readonly<Record<string, string>> = {
  EACCES: "can't be opened: permission denied",
  EPERM: "can't be opened: permission denied",
  EIO: "can't be read: the disk reports an error",
  EMFILE: "can't be opened: this process has too many files open",
  ENFILE: "can't be opened: the system has too many files open",
  EBUSY: "can't be opened: it is in use",
  ENAMETOOLONG: "can't be opened: its path is too long for the system",
};

/** A failure's code and its words for a person. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function describeFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code: code === '' ? 'internal_error' : code, message: WORDS_OF_CODE[code] ?? message };
}
