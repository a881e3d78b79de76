import type { IncomingHttpHeaders } from 'node:http';
import type { ExpectedVersion } from '../services/expected-version.ts';
import { entityTags, isAnyTag } from './entity-tags.ts';

/**
 * What a REST request that writes says of the file at its path: `If-Match` with the number of a version or the
 * ETag of its content, each in quotes, or `*`; `If-None-Match: *` for a file that must not exist. undefined when
 * it says nothing; an empty list, which no file meets, when nothing it names could be a version.
 */
export function expectedVersions(
  headers: Pick<IncomingHttpHeaders, 'if-match' | 'if-none-match'>,
): readonly ExpectedVersion[] | undefined {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch !== undefined) {
    return isAnyTag(ifMatch) ? [{ kind: 'any' }] : entityTags(ifMatch).flatMap(toExpected);
  }
  if (ifNoneMatch !== undefined && isAnyTag(ifNoneMatch)) return [{ kind: 'number', number: 0 }];
  return undefined;
}

function toExpected({ isWeak, value }: { isWeak: boolean; value: string }): ExpectedVersion[] {
  if (isWeak) return [];
  if (/^[1-9]\d{0,9}$/.test(value)) return [{ kind: 'number', number: Number(value) }];
  return /^[0-9a-f]{64}$/.test(value) ? [{ kind: 'content', sha256: value }] : [];
}
