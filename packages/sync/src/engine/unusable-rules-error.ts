import { describeFailure } from '../model/failure.ts';
import { IGNORE_FILE } from '../model/ignore-file.ts';

/** The rules that stand in a folder can't be used, so that nobody knows what in it is wanted. */
export class UnusableRulesError extends Error {
  readonly code = 'unusable_rules';
  /** Local path. */
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    const { message } = describeFailure(cause);
    super(`its ${IGNORE_FILE} can't be used, so nothing in it is uploaded or deleted: ${message}`, { cause });
    this.name = 'UnusableRulesError';
    this.folder = folder;
  }
}
