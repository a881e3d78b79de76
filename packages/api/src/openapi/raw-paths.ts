import {
  BUNDLE_CONTENT_TYPE,
  bundleManifestSchema,
  bundleResultSchema,
  errorBodySchema,
  MAX_BUNDLE_BYTES,
  uploadFilesResultSchema,
} from '@instashare/contracts';
import type { OpenAPIObject } from 'trpc-openapi';
import { z } from 'zod';
import type { Access } from '../auth/access.ts';
import { refusalOf, securityOf } from './security.ts';
import { sharePaths } from './share-paths.ts';

export type Paths = NonNullable<OpenAPIObject['paths']>;
export type Operation = NonNullable<Paths[string]['get']>;

const errorContent = {
  'application/json': { schema: jsonSchema(errorBodySchema) },
};

/** Without the dialect that zod writes at the root: inside a document it is the document's. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  const {
    $schema: _dialect,
    id: _id,
    ...rest
  } = z.toJSONSchema(schema, { io, reused: 'inline', metadata: z.registry() });
  return rest;
}

export function failures(descriptions: Record<number, string>): Operation['responses'] {
  return Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [
      status,
      { description, content: errorContent },
    ]),
  );
}

/** What whoever may not ask is told. */
export function guarded(access: Exclude<Access, 'public' | 'user'>): Record<number, string> {
  return { 401: 'Not logged in.', 403: refusalOf(access) ?? '' };
}

const fileId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
} as const;
const versionNumber = {
  ...fileId,
  name: 'number',
  schema: { type: 'integer', minimum: 1 },
} as const;
const uploadId = { ...fileId, name: 'uploadId' } as const;
const signedQuery = ['expires', 'signature'].map(
  (name) => ({ name, in: 'query', required: true, schema: { type: 'string' } }) as const,
);
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

const download = {
  tags: ['Files'],
  security: securityOf('read'),
  parameters: [
    fileId,
    {
      name: 'disposition',
      in: 'query',
      description:
        'With `inline` a browser shows raster images, audio, video and plain text; all else stays an attachment.',
      schema: { type: 'string', enum: ['attachment', 'inline'], default: 'attachment' },
    },
    {
      name: 'Range',
      in: 'header',
      description:
        'One range of bytes, such as `bytes=0-1023`, `bytes=1024-` or `bytes=-500`. The answer to several ranges ' +
        'at once is the whole content.',
      schema: { type: 'string' },
    },
    ...['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', 'If-Range'].map(
      (name) => ({ name, in: 'header', schema: { type: 'string' } }) as const,
    ),
  ],
  responses: {
    200: { description: 'The whole content. `ETag` is its sha256 in quotes.', content: bytes },
    206: { description: 'The range asked for.', content: bytes },
    304: { description: 'The content has the ETag given, or has not changed since.' },
    ...failures({
      ...guarded('read'),
      404: 'No such file.',
      409: 'The content was found damaged.',
      412: 'The content is not the one that `If-Match` or `If-Unmodified-Since` names.',
      416: 'The range lies outside the content.',
      503: 'The content can not be read right now.',
    }),
  },
} satisfies Operation;

const versionDownload = {
  ...download,
  parameters: [fileId, versionNumber, ...download.parameters.slice(1)],
} satisfies Operation;

const uploadFiles: Operation = {
  operationId: 'uploadFiles',
  summary: 'Upload files in one request',
  description: 'Streamed; all or nothing: when one of the files is refused, none is kept.',
  tags: ['Uploads'],
  security: securityOf('write'),
  requestBody: {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['file'],
          properties: {
            path: { type: 'string', description: 'Folder to put the files into.' },
            file: { type: 'array', items: { type: 'string', format: 'binary' } },
          },
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The files, in the order of the parts.',
      content: { 'application/json': { schema: jsonSchema(uploadFilesResultSchema) } },
    },
    ...failures({
      400: 'A name or field is malformed, or the body ended early.',
      ...guarded('write'),
      413: 'Too large, too many, or over the quota.',
      507: 'The store is full.',
    }),
  },
};

const sendBundle: Operation = {
  operationId: 'sendBundle',
  summary: 'Upload many small files in one request',
  description:
    'The body is, one after the other: the length of the manifest in bytes (an unsigned 32-bit number, most ' +
    'significant byte first); the manifest, JSON as in `x-manifest`; the contents of its entries, in ' +
    `their order. ${MAX_BUNDLE_BYTES} bytes of content at most. Each entry has a result of its own; when the body ` +
    'itself breaks off or is malformed, nothing is kept.',
  tags: ['Uploads'],
  security: securityOf('write'),
  requestBody: {
    required: true,
    content: {
      [BUNDLE_CONTENT_TYPE]: {
        schema: {
          type: 'string',
          format: 'binary',
          'x-manifest': jsonSchema(bundleManifestSchema, 'input'),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'What came of each entry, in their order.',
      content: { 'application/json': { schema: jsonSchema(bundleResultSchema) } },
    },
    ...failures({
      400: 'The manifest is malformed, or the body ended early.',
      ...guarded('write'),
      413: 'Too large, too many, or over the quota.',
      415: 'Not a bundle.',
      422: 'The body goes on behind the last entry.',
      507: 'The store is full.',
    }),
  },
};

const putBytes: Operation = {
  operationId: 'putUploadBytes',
  summary: 'Send bytes to an upload session, or ask how far it got',
  description:
    "The address in `upload.url`; with a cloud store it is the store's own. Send the whole body, or a chunk with " +
    '`Content-Range: bytes first-last/total`; `Content-Range: bytes */total` with an empty body asks.',
  tags: ['Uploads'],
  parameters: [uploadId, ...signedQuery, { name: 'Content-Range', in: 'header', schema: { type: 'string' } }],
  requestBody: { content: bytes },
  responses: {
    200: { description: 'All bytes are there and durable: complete the upload.' },
    308: { description: '`Range: bytes=0-n` tells what is kept; without it nothing is.' },
    ...failures({
      400: 'A malformed Content-Range.',
      404: 'Not an address of ours.',
      409: 'The session is finished, or stands at another byte.',
      410: 'The session has expired.',
      422: 'More or fewer bytes than declared.',
      507: 'The store is full.',
    }),
  },
};

const cancelBytes: Operation = {
  operationId: 'cancelUploadBytes',
  summary: 'Cancel an upload session by its address',
  tags: ['Uploads'],
  parameters: [uploadId, ...signedQuery],
  responses: {
    204: { description: 'Cancelled.' },
    ...failures({ 404: 'Not an address of ours.', 409: 'The session is finished.', 410: 'It has expired.' }),
  },
};

const exportAccount: Operation = {
  operationId: 'exportAccount',
  summary: 'Everything that is known of the account',
  description:
    'Lines of JSON, each an object with its `type`: `account`, `session`, `token` and `share` (without their secrets), `version` (of ' +
    'a file, deleted ones too, with its sha256), `audit_event`, and at last `end` with the number of `lines` before ' +
    'it: without it something is missing. The contents are downloaded by id, as always.',
  tags: ['Account'],
  security: securityOf('session'),
  responses: {
    200: {
      description: 'The lines.',
      content: { 'application/jsonl': { schema: { type: 'string' } } },
    },
    ...failures(guarded('session')),
  },
};

const storedObject: Operation = {
  tags: ['Files'],
  description:
    'Where signed addresses of objects lead when they are on disk; with a cloud store they lead to the store. The ' +
    'bytes as they are stored: they may be compressed, and hold the content of more than one file.',
  parameters: [
    ...['owner', 'object'].map(
      (name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }) as const,
    ),
    ...signedQuery,
    { name: 'Range', in: 'header', schema: { type: 'string' } },
  ],
  responses: {
    200: { description: 'The whole object.', content: bytes },
    206: { description: 'The range asked for.', content: bytes },
    ...failures({ 404: 'Not an address of ours, or no longer.', 416: 'The range lies outside the object.' }),
  },
};

function probe(summary: string, path: string): Paths[string] {
  return {
    get: {
      operationId: path,
      summary,
      tags: ['Health'],
      responses: {
        200: { description: 'It is.' },
        ...(path === 'readyz' ? { 503: { description: 'It is not; the body says what fails.' } } : {}),
      },
    },
  };
}

/** The routes that are not procedures. */
export const rawPaths: Paths = {
  '/upload_files': { post: uploadFiles },
  '/bundles': { post: sendBundle },
  '/files/{id}/content': {
    get: { ...download, operationId: 'downloadFile', summary: 'Download a file' },
    head: { ...download, operationId: 'describeFileContent', summary: 'The headers of a download' },
  },
  '/files/{id}/versions/{number}/content': {
    get: { ...versionDownload, operationId: 'downloadVersion', summary: 'Download a version of a file' },
    head: {
      ...versionDownload,
      operationId: 'describeVersionContent',
      summary: 'The headers of such a download',
    },
  },
  '/storage/uploads/{uploadId}': { put: putBytes, delete: cancelBytes },
  '/storage/objects/{owner}/{object}': {
    get: { ...storedObject, operationId: 'getStoredObject', summary: 'Get a stored object' },
    head: { ...storedObject, operationId: 'describeStoredObject', summary: 'The headers of a stored object' },
  },
  '/account/export': { get: exportAccount },
  ...sharePaths,
  '/healthz': probe('Whether the process is up', 'healthz'),
  '/readyz': probe('Whether it can serve', 'readyz'),
  '/openapi.json': {
    get: {
      operationId: 'openapi',
      summary: 'This document',
      tags: ['Health'],
      responses: { 200: { description: 'OpenAPI 3.1' } },
    },
  },
};
