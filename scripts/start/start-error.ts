/** Something that a person can put right. Its message is all that they are shown. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What went wrong, in the words of whoever found out, without a full stop. Never empty. */
export function describe(error: unknown): string {
  return wordsOf(error).replace(/\.$/, '');
}

function wordsOf(error: unknown): string {
  // A host name with several addresses: one error for each.
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.message === '' && 'code' in error ? String(error.code) : error.message;
}

/** The system's name for what went wrong, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
