import type { ErrorBody, Issue } from '@instashare/contracts';
import { type ClientErrorCode, InstashareError } from './instashare-error.ts';

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** True for `{code, message, issues?}`. Codes are not checked against our list: a newer server may have more. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string';
}

/** The code for a status whose body says nothing that we understand (a proxy answered, say). */
function codeOfStatus(status: number): ClientErrorCode {
  if (status === 408 || status === 502 || status === 503 || status === 504) return 'unavailable';
  if (status === 429) return 'rate_limited';
  if (status === 413) return 'payload_too_large';
  if (status === 507) return 'storage_full';
  if (status >= 500) return 'internal_error';
  return 'bad_response';
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function parseRetryAfter(value: string | null | undefined, nowMs = Date.now()): number | undefined {
  if (value === null || value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

/** What the JSON says; undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string | null | undefined;
}

/** The error that an answer with a failing status stands for. */
export function errorFromAnswer(answer: Answer, what: string): InstashareError {
  const retryAfterMs = parseRetryAfter(answer.retryAfter);
  const body = parseJson(answer.body);
  if (isErrorBody(body)) {
    const issues: readonly Issue[] | undefined = body.issues;
    const { suggestedPath } = body;
    const { status } = answer;
    return new InstashareError(body.code, body.message, { issues, status, retryAfterMs, suggestedPath });
  }
  return new InstashareError(codeOfStatus(answer.status), `${what} answered with status ${answer.status}`, {
    status: answer.status,
    retryAfterMs,
  });
}
