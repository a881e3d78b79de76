import { type Operation, type Paths, withRefusals } from './operation.ts';
import {
  bytes,
  conditions,
  disposition,
  downloadHeaders,
  fileId,
  fileNameHeader,
  notModified,
  range,
  rangeHeaders,
} from './parameters.ts';

const html = { 'text/html': { schema: { type: 'string' } } } as const;

/** They are for people, so they are told in HTML what is wrong. */
const PAGE = { access: 'public', errorsAs: 'html' } as const;

const token = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The last part of the link.',
  schema: { type: 'string' },
} as const;
const view = withRefusals(
  { ...PAGE, errors: ['share_not_found', 'share_locked'] },
  {
    operationId: 'viewShare',
    summary: 'The page of a share link',
    description: 'For a browser. It runs no script, and tells nothing of the owner.',
    tags: ['Shares'],
    parameters: [
      token,
      {
        name: 'after',
        in: 'query',
        description: 'Of a folder: only files behind this path.',
        schema: { type: 'string' },
        example: 'deep/sea.txt',
      },
    ],
    responses: {
      200: { description: 'The page.', content: html },
    },
  },
);

const unlock = withRefusals(
  {
    ...PAGE,
    errors: [
      'share_not_found',
      'invalid_credentials',
      'rate_limited',
      'request_timeout',
      'payload_too_large',
      'unsupported_media_type',
    ],
  },
  {
    operationId: 'unlockShare',
    summary: 'Give the password of a share link',
    description: 'What the form of a locked page sends.',
    tags: ['Shares'],
    parameters: [token],
    requestBody: {
      required: true,
      content: {
        'application/x-www-form-urlencoded': {
          schema: {
            type: 'object',
            required: ['password'],
            properties: {
              password: { type: 'string', minLength: 1, maxLength: 256, example: 'open sesame' },
            },
          },
        },
      },
    },
    responses: {
      303: {
        description: 'Right: a cookie for this link opens it for an hour; go on to the page.',
        headers: {
          Location: { description: 'The page.', required: true, schema: { type: 'string', minLength: 1 } },
          'Set-Cookie': {
            description: 'Opens this link, and no other.',
            required: true,
            schema: { type: 'string', minLength: 1 },
          },
        },
      },
    },
  },
);

const download = withRefusals(
  {
    ...PAGE,
    errors: [
      'share_not_found',
      'share_locked',
      'content_failed',
      'version_mismatch',
      'range_not_satisfiable',
      'content_unavailable',
    ],
  },
  {
    tags: ['Shares'],
    description:
      'Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file ' +
      '(`disposition=inline`) or goes on with it is not counted, and nowhere one that answers 304.',
    parameters: [token, disposition, range, ...conditions],
    responses: {
      200: { description: 'The whole content.', headers: downloadHeaders, content: bytes },
      206: { description: 'The range asked for.', headers: rangeHeaders, content: bytes },
      304: notModified,
    },
  },
);

const downloadInFolder: Operation = {
  ...download,
  parameters: [token, fileId, disposition, range, ...conditions],
};

const zip = withRefusals(
  { ...PAGE, errors: ['share_not_found', 'share_locked'] },
  {
    operationId: 'downloadSharedFolder',
    summary: 'A shared folder as one zip',
    description:
      'Streamed, stored as it is; one download. Files that can not be read are named in `NOT INCLUDED.txt`.',
    tags: ['Shares'],
    parameters: [token],
    responses: {
      200: {
        description: 'The zip.',
        headers: fileNameHeader,
        content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
      },
    },
  },
);

/** What a share link leads to. */
export const sharePaths: Paths = {
  '/s/{token}': { get: view, post: unlock },
  '/s/{token}/content': {
    get: { ...download, operationId: 'downloadSharedFile', summary: 'Download a shared file' },
    head: { ...download, operationId: 'describeSharedFile', summary: 'The headers of such a download' },
  },
  '/s/{token}/files/{id}/content': {
    get: {
      ...downloadInFolder,
      operationId: 'downloadFileOfSharedFolder',
      summary: 'Download a file of a shared folder',
    },
    head: {
      ...downloadInFolder,
      operationId: 'describeFileOfSharedFolder',
      summary: 'The headers of such a download',
    },
  },
  '/s/{token}/zip': { get: zip },
};
