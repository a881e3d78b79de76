/** `ETag` of a file as JSON, in contrast to that of its content. */
export const VERSION_TAG = {
  description: 'The number of its current version, in quotes: what `If-Match` takes.',
  required: true,
  schema: { type: 'string', pattern: '^"\\d+"$' },
  example: '"3"',
} as const;

export const IF_MATCH = {
  name: 'If-Match',
  in: 'header',
  description:
    'Go on only if the file is at one of these: the number of a version or the sha256 of its content, in quotes, or ' +
    '`*` for any file that is there. Otherwise 412. Instead of it `If-None-Match: *`: only if there is no file.',
  schema: { type: 'string' },
  example: '"3"',
} as const;

export const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'A text of your own for this one request, such as a UUID, so that it can be sent again when its answer was lost: ' +
    'for 24 hours the same request with the same key gets the same answer, and nothing is made twice. Another request ' +
    'with the key is refused with 422, and one that comes while the first is under way with 409.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  example: '0b7a4a0e-3f0c-4f0e-9d2b-6a5c1e0d7f21',
} as const;
