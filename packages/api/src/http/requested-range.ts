import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate, toWholeSecond } from './http-date.ts';
import type { Validators } from './preconditions.ts';

type Headers = Pick<IncomingHttpHeaders, 'range'> & { readonly 'if-range'?: string | undefined };

/**
 * The one range of bytes a GET asks for (RFC 9110, section 14). null when it asks for the whole: also for
 * several ranges at once or a malformed header, both of which a server may ignore, and when `If-Range` names
 * another content than this.
 */
export function requestedRange(
  headers: Headers,
  content: Validators & { readonly sizeBytes: number },
): { readonly offset: number; readonly lengthBytes: number } | 'unsatisfiable' | null {
  const ifRange = headers['if-range'];
  if (ifRange !== undefined && !isThisContent(ifRange.trim(), content)) return null;
  const match = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/i.exec(headers.range?.trim() ?? '');
  if (match === null) return null;
  const [, first, last, suffix] = match;
  const { sizeBytes } = content;
  if (suffix !== undefined) {
    const lengthBytes = Math.min(Number(suffix), sizeBytes);
    return lengthBytes === 0 ? 'unsatisfiable' : { offset: sizeBytes - lengthBytes, lengthBytes };
  }
  const offset = Number(first);
  const end = last === '' || last === undefined ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  // "bytes=5-2" is malformed, and so ignored; a range that begins past the end can't be served.
  if (last !== '' && Number(last) < offset) return null;
  return offset >= sizeBytes ? 'unsatisfiable' : { offset, lengthBytes: end - offset + 1 };
}

/**
 * By its strong ETag, or by its date when no other content can have had it: parts of two contents must never
 * be put together.
 */
function isThisContent(ifRange: string, { etag, modifiedAt, isDateExact }: Validators): boolean {
  if (ifRange === etag) return true;
  return isDateExact && parseHttpDate(ifRange) === toWholeSecond(modifiedAt);
}
