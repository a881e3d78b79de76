import { type ExportLine, exportLineSchema } from '@instashare/contracts';
import { jsonSchema, type Operation, type Paths, withRefusals } from './operation.ts';
import { fileNameHeader, tagHeader } from './parameters.ts';

const EXPORTED = [
  {
    type: 'account',
    id: '019abc3e-7a44-7cde-8f01-23456789abcd',
    email: 'ada@example.org',
    name: 'Ada',
    quotaBytes: null,
    usedBytes: 5,
    createdAt: '2026-11-25T12:00:00.000Z',
  },
  {
    type: 'version',
    fileId: '019abc3e-8b55-7cde-8f01-23456789abcd',
    path: 'notes/first.md',
    deletedAt: null,
    number: 1,
    isCurrent: true,
    sizeBytes: 5,
    sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
    contentType: 'text/markdown',
    status: 'ready',
    failure: null,
    encoding: 'identity',
    storedBytes: 5,
    modifiedAt: null,
    createdAt: '2026-11-25T12:00:00.000Z',
  },
  { type: 'end', lines: 2 },
] as const satisfies ExportLine[];

/** Text with what its lines hold, as the stream of events with its messages. */
const lines = { type: 'string' as const, contentSchema: jsonSchema(exportLineSchema) };

const exportAccount = withRefusals(
  { access: 'session' },
  {
    operationId: 'exportAccount',
    summary: 'Everything that is known of the account',
    description:
      'Lines of JSON, each an object with its `type`: `account`, `session`, `token`, `share` and `webhook` (without their secrets), `version` (of ' +
      'a file, deleted ones too, with its sha256), `audit_event`, and at last `end` with the number of `lines` before ' +
      'it: without it something is missing. The contents are downloaded by id, as always.',
    tags: ['Account'],
    responses: {
      200: {
        description: 'The lines. The schema of their content is that of each of them.',
        headers: fileNameHeader,
        content: {
          'application/jsonl': {
            schema: lines,
            example: EXPORTED.map((line) => `${JSON.stringify(line)}\n`).join(''),
          },
        },
      },
    },
  },
);

const okOrFailed = { type: 'string', enum: ['ok', 'failed'] } as const;

/** The answer of a probe; its own, and not an error as others have. */
const probed = (properties: Record<string, Record<string, unknown>>) => ({
  'application/json': {
    schema: {
      type: 'object' as const,
      required: Object.keys(properties),
      properties,
      additionalProperties: false,
    },
  },
});

const healthz: Operation = {
  operationId: 'healthz',
  summary: 'Whether the process is up',
  description: 'For a supervisor: an answer means that the process need not be started anew.',
  tags: ['Server'],
  responses: { 200: { description: 'It is.', content: probed({ status: { type: 'string', const: 'ok' } }) } },
};

const services = { database: okOrFailed, queue: okOrFailed, objects: okOrFailed };

const readyz: Operation = {
  operationId: 'readyz',
  summary: 'Whether it can serve',
  description: 'For a load balancer: asks the database, the queue and the object store.',
  tags: ['Server'],
  responses: {
    200: {
      description: 'It can.',
      content: probed({ status: { type: 'string', const: 'ok' }, ...services }),
    },
    503: {
      description: 'It can not; the body says what fails, and is one of an error as well.',
      content: probed({
        status: { type: 'string', const: 'unavailable' },
        ...services,
        code: { type: 'string', const: 'unavailable' },
        message: { type: 'string' },
      }),
    },
  },
};

const openapi: Operation = {
  operationId: 'openapi',
  summary: 'This document',
  description: 'Made of the very routes it describes. For people there is `GET /docs`.',
  tags: ['Server'],
  responses: {
    200: {
      description: 'OpenAPI 3.1.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['openapi', 'info', 'paths'],
            properties: {
              openapi: { type: 'string', example: '3.1.0' },
              info: { type: 'object' },
              paths: { type: 'object' },
            },
          },
        },
      },
    },
  },
};

const docs = withRefusals(
  { access: 'public' },
  {
    operationId: 'docs',
    summary: 'This document as a reference for people',
    description: 'A page in which every operation can be tried. It loads nothing from elsewhere.',
    tags: ['Server'],
    responses: {
      200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } },
    },
  },
);

const text = { schema: { type: 'string' as const } };

const partTag = tagHeader('The sha256 of the part, in quotes.');

const docsAsset = withRefusals(
  { access: 'public', errors: ['not_found'] },
  {
    operationId: 'docsAsset',
    summary: 'A part of that page',
    description: 'Its style and its scripts.',
    tags: ['Server'],
    parameters: [
      {
        name: 'asset',
        in: 'path',
        required: true,
        description: 'Name of the part.',
        schema: { type: 'string' },
      },
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'Answer 304 if the part has one of these ETags.',
        schema: { type: 'string' },
      },
    ],
    responses: {
      200: {
        description: 'The part.',
        headers: partTag,
        content: { 'text/css': text, 'text/javascript': text },
      },
      304: { description: 'The part has the ETag given.', headers: partTag },
    },
  },
);

/** Routes of the server itself, and the account as one stream. */
export const serverPaths: Paths = {
  '/account/export': { get: exportAccount },
  '/healthz': {
    get: healthz,
    head: { ...healthz, operationId: 'healthzHead', summary: 'Whether the process is up, without a body' },
  },
  '/readyz': {
    get: readyz,
    head: { ...readyz, operationId: 'readyzHead', summary: 'Whether it can serve, without a body' },
  },
  '/openapi.json': { get: openapi },
  '/docs': { get: docs },
  '/docs/{asset}': { get: docsAsset },
};
