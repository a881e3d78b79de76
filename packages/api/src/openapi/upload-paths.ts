import {
  BUNDLE_CONTENT_TYPE,
  bundleManifestSchema,
  bundleResultSchema,
  MAX_BUNDLE_BYTES,
  uploadFilesResultSchema,
} from '@instashare/contracts';
import { jsonSchema, type Operation, type Paths, withRefusals } from './operation.ts';
import { bytes, signedQuery } from './parameters.ts';
import { IF_MATCH } from './procedure-headers.ts';

const uploadFiles = withRefusals(
  {
    access: 'write',
    errors: [
      'request_aborted',
      'quota_exceeded',
      'payload_too_large',
      'unsupported_media_type',
      'upload_expired',
      'version_mismatch',
      'storage_full',
    ],
  },
  {
    operationId: 'uploadFiles',
    summary: 'Upload files in one request',
    description:
      'Streamed; all or nothing: when one of the files is refused, none is kept. The `filename` of a part is the path ' +
      'of the file, below `path`; a file that is there already gets a new version.',
    tags: ['Uploads'],
    parameters: [{ ...IF_MATCH, description: `${IF_MATCH.description} Of each file of the form.` }],
    requestBody: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            required: ['file'],
            properties: {
              path: { type: 'string', description: 'Folder to put the files into.', example: 'photos/2026' },
              file: {
                type: 'array',
                items: { type: 'string', format: 'binary' },
                description: 'A part for each file, with its `filename`.',
              },
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
    },
  },
);

const HELLO_SHA256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const MANIFEST = `{"entries":[{"path":"hello.txt","sizeBytes":5,"sha256":"${HELLO_SHA256}"}]}`;
/** Of one file with five bytes, behind the length of its manifest. */
const BUNDLE = `${String.fromCodePoint(0, 0, 0, MANIFEST.length)}${MANIFEST}hello`;

const sendBundle = withRefusals(
  {
    access: 'write',
    errors: [
      'request_aborted',
      'quota_exceeded',
      'payload_too_large',
      'unsupported_media_type',
      'size_mismatch',
      'upload_expired',
      'storage_full',
    ],
  },
  {
    operationId: 'sendBundle',
    summary: 'Upload many small files in one request',
    description:
      'The body is, one after the other: the length of the manifest in bytes (an unsigned 32-bit number, most ' +
      'significant byte first); the manifest, JSON as in `x-manifest`; the contents of its entries, in ' +
      `their order. ${MAX_BUNDLE_BYTES} bytes of content at most. Each entry has a result of its own; when the body ` +
      'itself breaks off or is malformed, nothing is kept. Sent again it changes nothing.',
    tags: ['Uploads'],
    requestBody: {
      required: true,
      content: {
        [BUNDLE_CONTENT_TYPE]: {
          schema: {
            type: 'string',
            format: 'binary',
            'x-manifest': jsonSchema(bundleManifestSchema, 'input'),
          },
          example: BUNDLE,
        },
      },
    },
    responses: {
      200: {
        description: 'What came of each entry, in their order.',
        content: { 'application/json': { schema: jsonSchema(bundleResultSchema) } },
      },
    },
  },
);

const uploadId = {
  name: 'uploadId',
  in: 'path',
  required: true,
  description: 'Id of the upload session.',
  schema: { type: 'string', format: 'uuid' },
} as const;

const putBytes = withRefusals(
  {
    access: 'public',
    errors: [
      'request_aborted',
      'upload_not_found',
      'upload_finished',
      'upload_offset_mismatch',
      'upload_expired',
      'unsupported_media_type',
      'size_mismatch',
      'storage_full',
    ],
  },
  {
    operationId: 'putUploadBytes',
    summary: 'Send bytes to an upload session, or ask how far it got',
    description:
      "The address in `upload.url`; with a cloud store it is the store's own. Send the whole body, or a chunk with " +
      '`Content-Range: bytes first-last/total`; `Content-Range: bytes */total` with an empty body asks. The protocol ' +
      'is that of [resumable uploads of Google Cloud Storage](https://cloud.google.com/storage/docs/performing-resumable-uploads).',
    tags: ['Storage'],
    parameters: [
      uploadId,
      ...signedQuery,
      {
        name: 'Content-Range',
        in: 'header',
        description: 'Which bytes these are; all of them when left out.',
        schema: { type: 'string' },
        example: 'bytes 0-262143/1048576',
      },
    ],
    requestBody: { content: bytes },
    responses: {
      200: {
        description: 'All bytes are there and durable: complete the upload.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['sizeBytes'],
              properties: { sizeBytes: { type: 'integer', minimum: 0 } },
              additionalProperties: false,
            },
          },
        },
      },
      308: {
        description: '`Range: bytes=0-n` tells what is kept; without it nothing is.',
        headers: {
          Range: {
            description: 'What is kept.',
            schema: { type: 'string', pattern: '^bytes=0-\\d+$' },
            example: 'bytes=0-262143',
          },
        },
      },
    },
  },
);

const cancelBytes: Operation = withRefusals(
  {
    access: 'public',
    errors: ['upload_not_found', 'upload_finished', 'upload_expired', 'unsupported_media_type'],
  },
  {
    operationId: 'cancelUploadBytes',
    summary: 'Cancel an upload session by its address',
    description: 'As `DELETE /uploads/{id}`, for who has the address alone.',
    tags: ['Storage'],
    parameters: [uploadId, ...signedQuery],
    responses: { 204: { description: 'Cancelled.' } },
  },
);

/** Where bytes are received. */
export const uploadPaths: Paths = {
  '/upload_files': { post: uploadFiles },
  '/bundles': { post: sendBundle },
  '/storage/uploads/{uploadId}': { put: putBytes, delete: cancelBytes },
};
