import { errors } from '@instashare/backend/errors';
import { CHUNK_GRANULARITY_BYTES } from '@instashare/contracts';

/** What a PUT to an upload session is: the whole body, a chunk of it, or a question how far it got. */
export type ContentRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'query' }
  | { readonly kind: 'chunk'; readonly first: number; readonly last: number };

/** Reads a request's `Content-Range`. Throws `invalid_input` or `size_mismatch`. */
export function parseContentRange(header: string | undefined, sizeBytes: number): ContentRange {
  if (header === undefined) return { kind: 'whole' };
  const match = /^bytes (?:\*|(\d{1,16})-(\d{1,16}))\/(\*|\d{1,16})$/.exec(header.trim());
  if (match === null) {
    throw errors.invalidField(
      'Content-Range',
      'Content-Range must be "bytes first-last/total" or "bytes */total"',
    );
  }
  const total = match[3] ?? '*';
  if (total !== '*' && Number(total) !== sizeBytes) {
    throw errors.sizeMismatch(sizeBytes, `Content-Range says ${total}`);
  }
  if (match[1] === undefined) return { kind: 'query' };
  const first = Number(match[1]);
  const last = Number(match[2]);
  if (last < first || last >= sizeBytes) {
    throw errors.invalidField(
      'Content-Range',
      `Content-Range does not lie within the ${sizeBytes} bytes declared`,
    );
  }
  const isLast = last === sizeBytes - 1;
  if (!isLast && (last - first + 1) % CHUNK_GRANULARITY_BYTES !== 0) {
    throw errors.invalidField(
      'Content-Range',
      `every chunk but the last must be a multiple of ${CHUNK_GRANULARITY_BYTES} bytes`,
    );
  }
  return { kind: 'chunk', first, last };
}
