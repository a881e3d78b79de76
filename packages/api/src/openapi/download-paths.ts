import { type Operation, type Paths, withRefusals } from './operation.ts';
import {
  bytes,
  conditions,
  disposition,
  downloadHeaders,
  fileId,
  notModified,
  range,
  rangeHeaders,
  signedQuery,
  tagHeader,
  versionNumber,
} from './parameters.ts';

const responses: Operation['responses'] = {
  200: { description: 'The whole content.', headers: downloadHeaders, content: bytes },
  206: { description: 'The range asked for.', headers: rangeHeaders, content: bytes },
  304: notModified,
};

const download = withRefusals(
  {
    access: 'read',
    errors: [
      'file_not_found',
      'content_failed',
      'version_mismatch',
      'range_not_satisfiable',
      'content_unavailable',
    ],
  },
  { tags: ['Files'], parameters: [fileId, disposition, range, ...conditions], responses },
);

const versionDownload = withRefusals(
  {
    access: 'read',
    errors: [
      'file_not_found',
      'version_not_found',
      'content_failed',
      'version_mismatch',
      'range_not_satisfiable',
      'content_unavailable',
    ],
  },
  { tags: ['Versions'], parameters: [fileId, versionNumber, disposition, range, ...conditions], responses },
);

const objectTag = tagHeader('Names the object: its bytes never change.');

const storedObject = withRefusals(
  { access: 'public', errors: ['not_found', 'range_not_satisfiable', 'content_unavailable'] },
  {
    tags: ['Storage'],
    description:
      'Where signed addresses of objects lead when they are on disk; with a cloud store they lead to the store. The ' +
      'bytes as they are stored: they may be compressed, and hold the content of more than one file.',
    parameters: [
      ...['owner', 'object'].map(
        (name) =>
          ({
            name,
            in: 'path',
            required: true,
            description: 'Part of the signed address.',
            schema: { type: 'string' },
          }) as const,
      ),
      ...signedQuery,
      range,
    ],
    responses: {
      200: {
        description: 'The whole object.',
        headers: { ...downloadHeaders, ...objectTag },
        content: bytes,
      },
      206: {
        description: 'The range asked for.',
        headers: { ...rangeHeaders, ...objectTag },
        content: bytes,
      },
    },
  },
);

const HEADERS_ONLY = 'The same answer without its body: what a download would be, before it is made.';

/** Where contents are read. */
export const downloadPaths: Paths = {
  '/files/{id}/content': {
    get: {
      ...download,
      operationId: 'downloadFile',
      summary: 'Download a file',
      description:
        'The content of its current version, as it was uploaded: what is compressed is decoded on the way.',
    },
    head: {
      ...download,
      operationId: 'describeFileContent',
      summary: 'The headers of a download',
      description: HEADERS_ONLY,
    },
  },
  '/files/{id}/versions/{number}/content': {
    get: {
      ...versionDownload,
      operationId: 'downloadVersion',
      summary: 'Download a version of a file',
      description: 'As the download of a file; the content of a version never changes.',
    },
    head: {
      ...versionDownload,
      operationId: 'describeVersionContent',
      summary: 'The headers of such a download',
      description: HEADERS_ONLY,
    },
  },
  '/storage/objects/{owner}/{object}': {
    get: { ...storedObject, operationId: 'getStoredObject', summary: 'Get a stored object' },
    head: { ...storedObject, operationId: 'describeStoredObject', summary: 'The headers of a stored object' },
  },
};
