const LOG_IN = 'Log in again: "instashare login"; a running watch goes on by itself.';
const READ_RIGHT = 'Give the account that runs the watch the right to read it.';
const OPEN_FILES = 'Raise the limit of open files (ulimit -n).';

const ADVICE_OF_CODE: Readonly<Record<string, string>> = {
  network: 'Check that the server runs and that this machine is online.',
  bad_response: 'Something else answers at this address: check it, and any proxy on the way.',
  unavailable: 'It passes by itself; if it lasts, look into the log of the server.',
  internal_error: 'If it lasts, look into the log of the server.',
  rate_limited: 'It passes by itself.',
  quota_exceeded: 'Make room ("instashare rm", then "instashare trash empty"), or have the quota raised.',
  storage_full: 'The server has no room left: tell whoever runs it.',
  unauthenticated: LOG_IN,
  session_ended: LOG_IN,
  insufficient_scope: 'Start it again with an INSTASHARE_TOKEN that may upload (scope "write"), or log in.',
  token_refused: 'Start it again with an INSTASHARE_TOKEN that is valid.',
  auth_store_failed: 'Check the file of credentials, or log in again: "instashare login".',
  invalid_input: 'The server does not take it like this: rename it.',
  invalid_name: 'Rename it.',
  name_collision: 'Rename one of the two.',
  unusable_rules: 'Put it right, or remove it; it is read again by itself.',
  payload_too_large: 'It is larger than the server takes.',
  source_changed: 'It is uploaded when nobody has written to it for a moment.',
  content_failed: 'It is sent again by itself; if it lasts, check the disk of the server.',
  EACCES: READ_RIGHT,
  EPERM: READ_RIGHT,
  EIO: 'Check the disk that it lies on.',
  EMFILE: OPEN_FILES,
  ENFILE: OPEN_FILES,
  ENAMETOOLONG: 'Shorten its path.',
};

/** What a person can do about a failure; null when there is nothing to do but wait. */
export function adviceFor(code: string): string | null {
  return ADVICE_OF_CODE[code] ?? null;
}
