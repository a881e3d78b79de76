import { inPlainWords } from './in-plain-words.ts';
import type { Failure } from './procedure.ts';

/** A failure with words for the person, which crosses from process to process. */
export class AppFailure extends Error {
  readonly code: string;
  readonly suggestedPath: string | undefined;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'AppFailure';
    this.code = failure.code;
    this.suggestedPath = failure.suggestedPath;
  }
}

/** The words of whatever was thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? inPlainWords(error.message) : 'Something went wrong that has no name';

/** What is told of a failure: its code and words where it has such, and no more. */
export function toFailure(error: unknown): Failure {
  const message = messageOf(error);
  if (!(error instanceof Error)) return { code: 'internal_error', message };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'internal_error';
  const suggestedPath = 'suggestedPath' in error ? error.suggestedPath : undefined;
  return { code, message, ...(typeof suggestedPath === 'string' ? { suggestedPath } : {}) };
}
