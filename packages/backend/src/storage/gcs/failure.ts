import { StorageError } from '../../errors/index.ts';

/** An answer that is not a success. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`Google Cloud Storage answered with status ${status}: ${text}`);
    this.name = 'Refusal';
    this.status = status;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The HTTP status in an error of ours or of the library, whose parts keep it in different places; or null. */
export function statusOf(error: unknown): number | null {
  const places = [
    property(error, 'status'),
    property(error, 'code'),
    property(property(error, 'response'), 'status'),
  ];
  for (const place of places) {
    const status = Number(place);
    if (Number.isInteger(status) && status >= 300 && status <= 599) return status;
  }
  return null;
}

/** The codes (`ECONNRESET`) of an error and of its causes. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    const code = property(each, 'code');
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/** A failure of Google's in the words of the port. */
export function translateError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  switch (statusOf(error)) {
    case 404:
      return new StorageError('object_missing', 'There is no such object', { cause: error });
    case 412:
      return new StorageError('object_exists', 'There is an object with this key', { cause: error });
    case 401:
    case 403:
      return new StorageError('storage_failed', 'Google Cloud Storage refuses access', { cause: error });
    default: {
      // Whoever starts api or worker reads this, and no cause: a status, ENOTFOUND, or that nothing came.
      const why = statusOf(error) ?? codesOf(error).at(-1) ?? (isTimeout(error) ? 'timeout' : undefined);
      const message = `Google Cloud Storage could not be used${why === undefined ? '' : ` (${why})`}`;
      return new StorageError('storage_failed', message, { cause: error });
    }
  }
}
