import { describeFailure } from '../model/failure.ts';
import { IGNORE_FILE } from '../model/ignore-file.ts';

/** The rules that stand in a folder can't be used, so that nobody knows what in it is wanted. */
export class UnusableRulesError extends Error {
  readonly code = 'unusable_rules';
  /** Local path. */
  readonly folder: string;

  constructor(folder: string, cause: unknown) {
    const { message } = describeFailure(cause);
    const file = folder === '' ? IGNORE_FILE : `${folder}/${IGNORE_FILE}`;
    const words = `the rules in ${file} can't be used, so nothing in its folder is uploaded or deleted`;
    super(`${words}: ${message}`, { cause });
    this.name = 'UnusableRulesError';
    this.folder = folder;
  }
}
