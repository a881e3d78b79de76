const LOG_IN = 'Log in again: what has been uploaded stays, and the rest goes on by itself.';
const READ_RIGHT = 'Give your account the right to read it, then try again.';
const OTHER_FOLDER = 'Download it to another folder.';

const ADVICE: Readonly<Record<string, string>> = {
  network: 'Check that this computer is online and that the server runs.',
  bad_response: 'Something else answers at this address: check it, and any proxy on the way.',
  unavailable: 'It passes by itself; if it lasts, tell whoever runs the server.',
  internal_error: 'Try again; if it lasts, tell whoever runs the server.',
  quota_exceeded: 'Delete files that you do not need, or have your quota raised.',
  storage_full: 'The server has no room left: tell whoever runs it.',
  unauthenticated: LOG_IN,
  session_ended: LOG_IN,
  invalid_input: 'The server does not take it like this: rename it.',
  invalid_name: 'Rename it.',
  name_collision: 'Rename one of the two.',
  payload_too_large: 'It is larger than the server takes.',
  source_changed: 'It is uploaded when nothing has written to it for a moment.',
  content_failed: 'It is sent again by itself; if it lasts, tell whoever runs the server.',
  not_writable: OTHER_FOLDER,
  folder_gone: OTHER_FOLDER,
  EACCES: READ_RIGHT,
  EPERM: READ_RIGHT,
  EIO: 'Check the disk that it lies on.',
  EMFILE: 'Close other programs, or raise the limit of open files.',
  ENAMETOOLONG: 'Shorten its path.',
};

/** What a person can do in the app about a failure; null when waiting is enough. */
export const adviceFor = (code: string): string | null => ADVICE[code] ?? null;
