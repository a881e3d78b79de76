import type { OpenAPIObject } from 'trpc-openapi';

type Paths = NonNullable<OpenAPIObject['paths']>;
type Operation = NonNullable<Paths[string]['get']>;

const html = { 'text/html': { schema: { type: 'string' } } } as const;
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

/** They are for people, so they are told in HTML what is wrong. */
const failures = (descriptions: Record<number, string>): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [status, { description, content: html }]),
  );

const token = {
  name: 'token',
  in: 'path',
  required: true,
  description: 'The last part of the link.',
  schema: { type: 'string' },
} as const;
const fileId = {
  name: 'id',
  in: 'path',
  required: true,
  schema: { type: 'string', format: 'uuid' },
} as const;

const common = {
  401: 'It asks for its password first.',
  404: 'There is no such link, or no longer: it was revoked, has expired or is used up.',
};

const view: Operation = {
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
    },
  ],
  responses: {
    200: { description: 'The page.', content: html },
    ...failures({ ...common, 400: 'A malformed query.', 503: 'A service that is needed does not answer.' }),
  },
};

const unlock: Operation = {
  operationId: 'unlockShare',
  summary: 'Give the password of a share link',
  tags: ['Shares'],
  parameters: [token],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: { type: 'object', required: ['password'], properties: { password: { type: 'string' } } },
      },
    },
  },
  responses: {
    303: { description: 'Right: a cookie for this link opens it for an hour; go on to the page.' },
    ...failures({
      400: 'No password.',
      401: 'Wrong.',
      404: common[404],
      413: 'Too large.',
      415: 'Not a form.',
      429: 'Too many attempts: `Retry-After` says when to come again.',
      503: 'A service that is needed does not answer.',
    }),
  },
};

const download: Operation = {
  tags: ['Shares'],
  description:
    'Where downloads are limited each request is one and `Range` means nothing; elsewhere a request that shows the file ' +
    '(`disposition=inline`) or goes on with it is not counted.',
  parameters: [
    token,
    {
      name: 'disposition',
      in: 'query',
      schema: { type: 'string', enum: ['attachment', 'inline'], default: 'attachment' },
    },
    { name: 'Range', in: 'header', schema: { type: 'string' } },
  ],
  responses: {
    200: { description: 'The whole content.', content: bytes },
    206: { description: 'The range asked for.', content: bytes },
    ...failures({
      ...common,
      400: 'A malformed query.',
      409: 'The content was found damaged.',
      416: 'The range lies outside the content.',
      503: 'The content can not be read right now.',
    }),
  },
};

const downloadInFolder: Operation = {
  ...download,
  parameters: [token, fileId, ...(download.parameters ?? []).slice(1)],
};

const zip: Operation = {
  operationId: 'downloadSharedFolder',
  summary: 'A shared folder as one zip',
  description:
    'Streamed, stored as it is; one download. Files that can not be read are named in `NOT INCLUDED.txt`.',
  tags: ['Shares'],
  parameters: [token],
  responses: {
    200: {
      description: 'The zip.',
      content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
    },
    ...failures({ ...common, 503: 'A service that is needed does not answer.' }),
  },
};

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
