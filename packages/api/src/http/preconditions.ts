import type { IncomingHttpHeaders } from 'node:http';
import { entityTags, isAnyTag, namesTag } from './entity-tags.ts';
import { parseHttpDate, toWholeSecond } from './http-date.ts';

/** By what a client knows a content again. */
export interface Validators {
  /** In its quotes. */
  readonly etag: string;
  readonly modifiedAt: Date;
  /** Whether no other content was served with this date: dates count in seconds, and a file may change twice in one. */
  readonly isDateExact: boolean;
}

type Headers = Pick<
  IncomingHttpHeaders,
  'if-match' | 'if-none-match' | 'if-modified-since' | 'if-unmodified-since'
>;

/** What the conditions of a GET or HEAD come to, in the order of RFC 9110, section 13.2.2. */
export function checkPreconditions(
  headers: Headers,
  content: Validators,
): 'proceed' | 'not_modified' | 'failed' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!isAnyTag(ifMatch) && !namesExactly(ifMatch, content.etag)) return 'failed';
  } else if (isUnmodifiedSince(headers['if-unmodified-since'], content) === false) return 'failed';

  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return namesTag(ifNoneMatch, content.etag) ? 'not_modified' : 'proceed';
  const isUnmodified = content.isDateExact && isUnmodifiedSince(headers['if-modified-since'], content);
  return isUnmodified === true ? 'not_modified' : 'proceed';
}

const namesExactly = (header: string, etag: string): boolean =>
  entityTags(header).some(({ isWeak, value }) => !isWeak && `"${value}"` === etag);

/** null when the header is missing or no date: then it asks for nothing. */
function isUnmodifiedSince(header: string | undefined, { modifiedAt }: Validators): boolean | null {
  const sinceMs = header === undefined ? null : parseHttpDate(header);
  return sinceMs === null ? null : toWholeSecond(modifiedAt) <= sinceMs;
}
