import type { Parameter } from './operation.ts';

const ID = '019abc3e-7a44-7cde-8f01-23456789abcd';
const ETAG = '"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"';
const DATE = 'Wed, 25 Nov 2026 12:00:00 GMT';

/** What a parameter without an example of its own may be; by its name, for the same name means the same everywhere. */
const EXAMPLES: Readonly<Record<string, unknown>> = {
  account: 'ada@example.org',
  asset: 'page.css',
  before: 3,
  // The last path of the page before.
  cursor: Buffer.from('photos/2026/beach.jpg').toString('base64url'),
  expires: '1795608000',
  'If-Match': ETAG,
  'If-Modified-Since': DATE,
  'If-None-Match': ETAG,
  'If-Range': ETAG,
  'If-Unmodified-Since': DATE,
  ifVersion: 2,
  number: 1,
  object: ID,
  owner: ID,
  pathPrefix: 'photos/2026/',
  signature: 'u7Vd0mXK3Z9qv1n2GmS8hQwT4cYb6eRJpLxAfN5oWtE',
  token: '2Tlmpc0dsGZA-V0v0eVYZw',
  version: 1,
};

const isGiven = ({ example, schema }: Parameter): boolean =>
  example !== undefined ||
  (typeof schema === 'object' && ['example', 'enum', 'default'].some((key) => key in schema));

/** With an example: its own, that of its name, or an id. */
export function withExample(parameter: Parameter): Parameter {
  if (isGiven(parameter)) return parameter;
  const { name, schema } = parameter;
  const isId = typeof schema === 'object' && 'format' in schema && schema.format === 'uuid';
  const example = isId || name === 'id' ? ID : EXAMPLES[name];
  return example === undefined ? parameter : { ...parameter, example };
}
