const CHECKSUM = 'ERR_CHECKSUM_MISMATCH';
/** The system's own checks of who made a package. */
const SIGNATURE = 'ERR_UPDATER_INVALID_SIGNATURE';

/** Words for the person: what went wrong with an update, and that nothing has changed by it. */
export function wordsOfUpdateFailure(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === CHECKSUM || code === SIGNATURE)
    return 'What was downloaded is not what was published, and was thrown away. It is tried again later.';
  if (/net::ERR_|ENOTFOUND|ECONNREFUSED|ETIMEDOUT/.test(error.message))
    return 'The place where new versions are published can’t be reached. It is tried again later.';
  const [line = ''] = error.message.split('\n');
  return `It could not be updated: ${line.slice(0, 200)}`;
}
