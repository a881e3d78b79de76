import type { Parameter } from './operation.ts';

/** Parameters and media types that raw routes have in common. */
export const fileId = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Id of the file.',
  schema: { type: 'string', format: 'uuid' },
} as const;

export const versionNumber = {
  name: 'number',
  in: 'path',
  required: true,
  description: 'Number of the version, from 1.',
  schema: { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 },
} as const;

export const disposition = {
  name: 'disposition',
  in: 'query',
  description:
    'With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment.',
  schema: { type: 'string', enum: ['attachment', 'inline'], default: 'attachment' },
} satisfies Parameter;

export const range = {
  name: 'Range',
  in: 'header',
  description:
    'One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges ' +
    'at once is the whole content.',
  schema: { type: 'string' },
  example: 'bytes=0-1023',
} as const;

export const conditions = [
  ['If-Match', 'Answer 412 unless the content has one of these ETags.'],
  ['If-None-Match', 'Answer 304 if the content has one of these ETags.'],
  ['If-Modified-Since', 'Answer 304 unless the content became this file’s after this time.'],
  ['If-Unmodified-Since', 'Answer 412 if the content became this file’s after this time.'],
  ['If-Range', 'Heed `Range` only if the content has this ETag; else answer with all of it.'],
].map(
  ([name = '', description = '']) =>
    ({ name, in: 'header', description, schema: { type: 'string' } }) as const,
);

export const signedQuery = ['expires', 'signature'].map(
  (name) =>
    ({
      name,
      in: 'query',
      required: true,
      description: 'Part of the signed address.',
      schema: { type: 'string' },
    }) as const,
);

export const bytes = {
  'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
} as const;

/** The name under which a browser keeps it. */
export const fileNameHeader = {
  'Content-Disposition': {
    description: 'The name of the file (RFC 6266).',
    required: true,
    schema: { type: 'string', pattern: '^(attachment|inline)(;|$)' },
    example: 'attachment; filename="beach.jpg"',
  },
} as const;

export const tagHeader = (description: string) =>
  ({ ETag: { description, required: true, schema: { type: 'string', pattern: '^"[^"]+"$' } } }) as const;

const acceptRanges = {
  'Accept-Ranges': {
    description: 'Whether ranges can be asked for.',
    required: true,
    schema: { type: 'string', pattern: '^(bytes|none)$' },
  },
} as const;

export const downloadHeaders = {
  ...acceptRanges,
  ...fileNameHeader,
  ...tagHeader('The sha256 of the content, in quotes.'),
} as const;

export const notModified = {
  description: 'The content has the ETag given, or has not changed since.',
  headers: { ETag: downloadHeaders.ETag },
} as const;

export const rangeHeaders = {
  ...downloadHeaders,
  'Content-Range': {
    description: 'Which bytes these are, of how many.',
    required: true,
    schema: { type: 'string', pattern: '^bytes \\d+-\\d+/\\d+$' },
    example: 'bytes 0-1023/4096',
  },
} as const;
