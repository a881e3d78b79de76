import { isInstashareError } from '@instashare/client/node';
import { UnusableRulesError } from '../engine/unusable-rules-error.ts';
import { EXIT_FAILED } from './exit-codes.ts';
import { printable } from './format.ts';

/** A failure to tell the person in one line, which also says what to do. */
export class CliError extends Error {
  readonly code: string;
  readonly exitCode: number;

  constructor(message: string, options: { code?: string; exitCode?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CliError';
    this.code = options.code ?? 'failed';
    this.exitCode = options.exitCode ?? EXIT_FAILED;
  }
}

/** What is known to go wrong, in words; undefined for what is a bug of ours. */
export function explain(error: unknown): CliError | undefined {
  if (error instanceof CliError) return error;
  if (isInstashareError(error)) {
    const advice = ADVICE[error.code];
    const message = advice === undefined ? error.message : `${error.message}. ${advice}`;
    return new CliError(message, { code: error.code, cause: error });
  }
  if (error instanceof UnusableRulesError) {
    const folder = error.folder === '' ? 'The folder' : printable(error.folder);
    return new CliError(`${folder}: ${printable(error.message)}`, { code: error.code, cause: error });
  }
  return diskFailure(error) ?? undefined;
}

/** What the disk did not do, for a file or for what is known of a folder; null for anything else. */
export function diskFailure(error: unknown): CliError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  if ('syscall' in error) return new CliError(error.message, { code, cause: error });
  if (!code.startsWith('SQLITE_')) return null;
  const message = `What is known of the folder can't be read or noted down: ${error.message}. Is the disk full?`;
  return new CliError(message, { code, cause: error });
}

const ADVICE: Readonly<Record<string, string>> = {
  network: 'Is the server running? Name another with --server URL',
  bad_response: 'Name another with --server URL',
  session_ended: 'Use "instashare login"',
  unauthenticated: 'Use "instashare login"',
  token_refused: 'Set INSTASHARE_TOKEN to one that is valid, or unset it and use "instashare login"',
};
