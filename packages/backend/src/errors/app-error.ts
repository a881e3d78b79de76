import type { ErrorCode, Issue } from '@instashare/contracts';

export interface AppErrorOptions {
  /** The fields at fault, for `invalid_input` and its like. */
  readonly issues?: readonly Issue[];
  readonly cause?: unknown;
  /** A path that was free, for `path_taken`. */
  readonly suggestedPath?: string;
  /** When it makes sense to try again. */
  readonly retryAfterSeconds?: number;
}

/** A failure we expect and can explain to the person who asked. `message` is for that person. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly issues: readonly Issue[] | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly suggestedPath: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.issues = options.issues;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.suggestedPath = options.suggestedPath;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
