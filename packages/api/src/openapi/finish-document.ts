import type { OpenAPIObject } from 'trpc-openapi';
import { exampleOf } from './examples.ts';
import { type Content, METHODS, type Operation, type Paths, type Response } from './operation.ts';
import { withExample } from './parameter-examples.ts';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const COMMON_HEADERS = {
  RequestId: {
    description:
      'Names the request in the log of the server. A request may bring one: up to 128 letters, digits and `._:-`.',
    required: true,
    schema: { type: 'string', pattern: '^[\\w.:-]{1,128}$' },
    example: '5b2c7e0a-8f1d-4a39-9f0e-2f3d8c1b6a57',
  },
  RetryAfter: {
    description: 'In so many seconds it makes sense to try again.',
    required: true,
    schema: { type: 'integer', minimum: 1 },
    example: 2,
  },
  WholeRange: {
    description: 'How many bytes there are to ask for.',
    required: true,
    schema: { type: 'string', pattern: '^bytes \\*/\\d+$' },
    example: 'bytes */4096',
  },
} as const;

/**
 * What holds for every operation alike: the headers of each answer, whole examples, that a HEAD has no body; and the
 * schemas that have names in one place.
 */
export function finishDocument(
  document: OpenAPIObject,
  { paths, webhooks }: { readonly paths: Paths; readonly webhooks: Paths },
): OpenAPIObject {
  const schemas: Schemas = { ...document.components?.schemas };
  const responses: Record<string, Response> = {};
  const lifted = liftSchemas(paths, schemas);
  const finished = Object.entries(lifted).map(([path, item]) => {
    const operations = METHODS.flatMap((method) => {
      const operation = item[method];
      const options = { isHead: method === 'head', schemas, responses };
      return operation === undefined ? [] : [[method, finish(operation, options)] as const];
    });
    return [path, Object.fromEntries(operations)] as const;
  });
  const asked = Object.entries(liftSchemas(webhooks, schemas)).map(
    ([name, { post }]) =>
      [name, post === undefined ? {} : { post: { ...post, ...examplesOf(post, schemas) } }] as const,
  );
  return {
    ...document,
    webhooks: Object.fromEntries(asked),
    paths: Object.fromEntries(finished),
    components: {
      ...document.components,
      headers: COMMON_HEADERS,
      responses,
      schemas: withoutAdapterErrors(schemas),
    },
  };
}

interface Finishing {
  readonly isHead: boolean;
  readonly schemas: Schemas;
  /** Errors, once for all operations that answer the same ones: filled here. */
  readonly responses: Record<string, Response>;
}

function finish({ parameters, requestBody, security = [], ...rest }: Operation, finishing: Finishing) {
  const { isHead, schemas, responses: shared } = finishing;
  const answers = Object.entries(rest.responses).map(([status, { content, headers, ...answer }]) => {
    const finished: Response = {
      ...answer,
      headers: { ...headers, ...commonHeaders(status) },
      ...(content === undefined || isHead ? {} : { content: withExamples(content, schemas) }),
    };
    const codes = Object.keys(finished.content?.['application/json']?.examples ?? {}).join('-or-');
    if (codes === '') return [status, finished] as const;
    shared[codes] = finished;
    return [status, { $ref: `#/components/responses/${codes}` }] as const;
  });
  return {
    ...rest,
    ...examplesOf({ parameters, requestBody }, schemas),
    security,
    responses: Object.fromEntries<Response | { readonly $ref: string }>(answers),
  };
}

/** What is asked, with examples. */
const examplesOf = (
  {
    parameters,
    requestBody,
  }: {
    readonly parameters?: Operation['parameters'] | undefined;
    readonly requestBody?: Operation['requestBody'] | undefined;
  },
  schemas: Schemas,
) => ({
  ...(parameters === undefined ? {} : { parameters: parameters.map(withExample) }),
  ...(requestBody === undefined
    ? {}
    : { requestBody: { ...requestBody, content: withExamples(requestBody.content, schemas) } }),
});

const commonHeaders = (status: string): NonNullable<Response['headers']> => ({
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  ...(status === '429' || status === '503'
    ? { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } }
    : {}),
  ...(status === '416' ? { 'Content-Range': { $ref: '#/components/headers/WholeRange' } } : {}),
});

/** What has a schema of its fields, of which an example can be made. */
const STRUCTURED = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];

/** With a whole example of what is structured. */
function withExamples(content: Content, schemas: Schemas): Content {
  const entries = Object.entries(content).map(([type, media]) => {
    const isWanted = STRUCTURED.includes(type) && media.schema !== undefined && media.examples === undefined;
    return [type, isWanted ? { ...media, example: exampleOf(media.schema, schemas) } : media] as const;
  });
  return Object.fromEntries(entries);
}

/** Puts the schemas that zod wrote into `$defs` among the document's, and leaves references to them. */
function liftSchemas(paths: Paths, schemas: Schemas): Paths {
  // oxlint-disable-next-line typescript/no-unsafe-assignment -- JSON of the same form
  const lifted: Paths = JSON.parse(JSON.stringify(paths), (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const { $defs, ...rest }: { readonly $defs?: Schemas; readonly $ref?: unknown } = value;
    if (Array.isArray(value) || ($defs === undefined && typeof rest.$ref !== 'string')) return value;
    for (const [name, schema] of Object.entries($defs ?? {})) schemas[name] ??= schema;
    return typeof rest.$ref === 'string'
      ? { ...rest, $ref: rest.$ref.replace('#/$defs/', '#/components/schemas/') }
      : rest;
  });
  return lifted;
}

/** The adapter's own errors are described nowhere any more. */
const withoutAdapterErrors = (schemas: Schemas): Schemas =>
  Object.fromEntries(Object.entries(schemas).filter(([name]) => !name.startsWith('error.')));
