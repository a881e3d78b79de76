import type { ErrorCode, Issue } from '@instashare/contracts';

/**
 * A code of the server's, or one of the client's own:
 * - `network`: the server could not be reached, or the connection broke, or it fell silent;
 * - `bad_response`: something answered, but not as an Instashare server does (a proxy, another program);
 * - `source_changed`: the file changed while it was being read; nothing of it was made a version;
 * - `target_exists`: a download would have replaced a file;
 * - `auth_store_failed`: what keeps the log-in can't be read, written or locked;
 * - `token_refused`: the server does not accept the access token that the client was given;
 * - `webhook_refused`: what came is not signed as it should be, or too old.
 */
export type ClientErrorCode =
  | ErrorCode
  | 'network'
  | 'bad_response'
  | 'source_changed'
  | 'target_exists'
  | 'auth_store_failed'
  | 'token_refused'
  | 'webhook_refused';

export interface InstashareErrorDetails {
  /** The fields at fault, as the server names them. */
  readonly issues?: readonly Issue[] | undefined;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** How long the server asks to wait. */
  readonly retryAfterMs?: number | undefined;
  /** With `path_taken`: a path that was free. */
  readonly suggestedPath?: string | undefined;
  /** The server certainly did nothing of what was asked. Left out: so it is when it refused (a status of 4xx). */
  readonly hadNoEffect?: boolean | undefined;
  readonly cause?: unknown;
}

/** Every failure of the client that is not a bug. `message` is for a person. */
export class InstashareError extends Error {
  readonly code: ClientErrorCode;
  readonly issues: readonly Issue[] | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly suggestedPath: string | undefined;
  /** True when the server certainly did nothing of what was asked: at no try was there a connection, or it refused. */
  readonly hadNoEffect: boolean;

  constructor(code: ClientErrorCode, message: string, details: InstashareErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'InstashareError';
    this.code = code;
    this.issues = details.issues;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.suggestedPath = details.suggestedPath;
    this.hadNoEffect = details.hadNoEffect ?? isRefusal(details.status);
  }
}

/** 408 is what proxies say as well, of a request that went on. */
const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && status !== 408;

/** True for an error of the client, and of one of the codes when some are given: its `code` is then one of them. */
export function isInstashareError<Code extends ClientErrorCode>(
  error: unknown,
  ...codes: Code[]
): error is InstashareError & { readonly code: Code } {
  if (!(error instanceof InstashareError)) return false;
  return codes.length === 0 || codes.some((code) => code === error.code);
}
