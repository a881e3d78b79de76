/**
 * The OpenAPI document as a judge: whatever is asked and answered is held against it. Read from docs/, which a test holds
 * to what the server says.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { CHECKOUT } from './environment.ts';

const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete'] as const;

const parameterSchema = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: z.record(z.string(), z.unknown()),
});
const contentSchema = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const describedHeaderSchema = z.object({
  required: z.boolean().default(false),
  schema: z.looseObject({ type: z.enum(['string', 'integer']) }),
});
const headerSchema = z.union([z.strictObject({ $ref: z.string() }), describedHeaderSchema]);
const responseSchema = z.union([
  z.strictObject({ $ref: z.string() }),
  z.object({ headers: z.record(z.string(), headerSchema), content: contentSchema.optional() }),
]);
const operationSchema = z.object({
  parameters: z.array(parameterSchema).default([]),
  requestBody: z.object({ content: contentSchema }).optional(),
  responses: z.record(z.string(), responseSchema),
  security: z.array(z.record(z.string(), z.array(z.string()))),
});
const documentSchema = z.object({
  webhooks: z.record(z.string(), z.object({ post: operationSchema.pick({ parameters: true }) })),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operationSchema)),
  components: z.object({
    headers: z.record(z.string(), describedHeaderSchema),
    responses: z.record(z.string(), responseSchema),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});

export interface Operation extends z.infer<typeof operationSchema> {
  /** Such as `GET /files/{id}`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

const written: unknown = JSON.parse(readFileSync(join(CHECKOUT, 'docs/openapi.json'), 'utf8'));
export const DOCUMENT = documentSchema.parse(written);

export const OPERATIONS: readonly Operation[] = Object.entries(DOCUMENT.paths).flatMap(([path, item]) =>
  METHODS.flatMap((lower) => {
    const operation = item[lower];
    const method = lower.toUpperCase();
    return operation === undefined ? [] : [{ ...operation, name: `${method} ${path}`, method, path }];
  }),
);

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addSchema(z.record(z.string(), z.unknown()).parse(written), 'document');

const validators = new Map<string, ValidateFunction>();

/** By where the schema stands in the document. */
function validatorAt(...keys: readonly string[]): ValidateFunction {
  const pointer = keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  const known = validators.get(pointer);
  if (known !== undefined) return known;
  const made = ajv.compile({ $ref: `document#/${encodeURI(pointer)}` });
  validators.set(pointer, made);
  return made;
}

const patterns = OPERATIONS.map((operation) => {
  const parts = operation.path
    .split('/')
    .map((part) => (part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')));
  return { operation, pattern: new RegExp(`^${parts.join('/')}$`, 'i') };
})
  // Where two fit, the one with fewer parameters is meant: `/files/move` is no id.
  .toSorted((a, b) => a.operation.path.split('{').length - b.operation.path.split('{').length);

function findOperation(method: string, url: string): Operation | null {
  const path = url.replace(/^https?:\/\/[^/]+/, '').replace(/[?#].*$/, '');
  const found = patterns.find(({ operation, pattern }) => operation.method === method && pattern.test(path));
  return found?.operation ?? null;
}

export interface Exchange {
  readonly method: string;
  readonly url: string;
  /** The body of the request when it is JSON. */
  readonly json?: unknown;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** What about an exchange is not as the document says; empty when all is. */
export function contractFaults(exchange: Exchange): string[] {
  // tRPC is described by its types, not by this document.
  if (/^https?:\/\/[^/]+\/trpc\//.test(exchange.url)) return [];
  const operation = findOperation(exchange.method, exchange.url);
  const faults = operation === null ? unknownFaults(exchange) : operationFaults(operation, exchange);
  const name = operation?.name ?? `${exchange.method} ${exchange.url}`;
  const sample = exchange.body.subarray(0, 300).toString();
  return [...faults, ...headerFaults(exchange)].map(
    (fault) => `${name} ${exchange.status}: ${fault}\n${sample}`,
  );
}

/** An address that is not described must not be there. */
const unknownFaults = ({ status, method }: Exchange): string[] =>
  status === 404 || status === 400 || method === 'OPTIONS' ? [] : ['is not in the document'];

function headerFaults({ status, headers }: Exchange): string[] {
  const faults = [];
  if (!/^[\w.:-]{1,128}$/.test(headers.get('x-request-id') ?? '')) faults.push('has no X-Request-Id');
  if ((status === 429 || status === 503) && !/^[1-9]\d*$/.test(headers.get('retry-after') ?? ''))
    faults.push('has no Retry-After');
  return faults;
}

function operationFaults(operation: Operation, exchange: Exchange): string[] {
  const status = String(exchange.status);
  const given = operation.responses[status];
  if (given === undefined) return [`the status is not in the document`];
  const at =
    '$ref' in given
      ? given.$ref.split('/').slice(1)
      : ['paths', operation.path, operation.method.toLowerCase(), 'responses', status];
  const response = '$ref' in given ? DOCUMENT.components.responses[at[2] ?? ''] : given;
  if (response === undefined || '$ref' in response) return [`the document does not describe ${at.join('/')}`];
  return [
    ...describedHeaderFaults(response.headers, at, exchange),
    ...bodyFaults(response.content ?? {}, at, exchange),
    ...requestFaults(operation, exchange),
  ];
}

/** What tells a client something, and so may not come without having been promised. */
const TELLING = [
  'accept-ranges',
  'content-disposition',
  'content-range',
  'etag',
  'location',
  'range',
  'retry-after',
  'set-cookie',
];

function describedHeaderFaults(
  described: Readonly<Record<string, z.infer<typeof headerSchema>>>,
  at: readonly string[],
  { headers }: Exchange,
): string[] {
  const names = new Set(Object.keys(described).map((name) => name.toLowerCase()));
  const unknown = TELLING.filter((name) => headers.has(name) && !names.has(name));
  const faults = Object.entries(described).flatMap(([name, header]) => {
    const key = '$ref' in header ? header.$ref.replace(/^.*\//, '') : name;
    const where = '$ref' in header ? ['components', 'headers', key] : [...at, 'headers', name];
    const { required = false, schema } = '$ref' in header ? (DOCUMENT.components.headers[key] ?? {}) : header;
    const value = headers.get(name);
    if (value === null) return required ? [`has no ${name}`] : [];
    const validate = validatorAt(...where, 'schema');
    const typed = schema?.type === 'integer' && /^\d+$/.test(value) ? Number(value) : value;
    return validate(typed) ? [] : [`${name}: ${value}: ${ajv.errorsText(validate.errors)}`];
  });
  return [...unknown.map((name) => `has ${name}, which is not in the document`), ...faults];
}

function bodyFaults(
  content: z.infer<typeof contentSchema>,
  at: readonly string[],
  { method, headers, body }: Exchange,
): string[] {
  if (method === 'HEAD') return body.length === 0 ? [] : ['a HEAD has a body'];
  const type = headers.get('content-type')?.replace(/;.*$/, '') ?? '';
  const types = Object.keys(content);
  if (types.length === 0)
    return body.length === 0 ? [] : [`has a body (${type}), and none is in the document`];
  // What was uploaded has a type of its own.
  if (types.includes('application/octet-stream')) return [];
  if (!types.includes(type)) return [`the content type ${type} is not in the document`];
  const schemaAt = [...at, 'content', type, 'schema'];
  if (type === 'text/event-stream') return messageFaults([...schemaAt, 'contentSchema'], body);
  if (type === 'application/jsonl') return lineFaults(validatorAt(...schemaAt, 'contentSchema'), body);
  return type === 'application/json' ? faultsOf(validatorAt(...schemaAt), body.toString()) : [];
}

/** Of the messages of a stream that are there as a whole; `end` holds the error that ends it. */
const messageFaults = (eventAt: readonly string[], body: Buffer): string[] =>
  body
    .toString()
    .split('\n\n')
    .slice(0, -1)
    .flatMap((message) => {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      // A comment, which keeps the connection open.
      if (data === undefined && message.startsWith(':')) return [];
      const isEnd = /^event: end$/m.test(message);
      const at = isEnd ? ['components', 'schemas', 'Error'] : eventAt;
      return faultsOf(validatorAt(...at), data ?? '');
    });

const lineFaults = (validate: ValidateFunction, body: Buffer): string[] =>
  body
    .toString()
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => faultsOf(validate, line));

function faultsOf(validate: ValidateFunction, body: string): string[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return ['the body is not JSON'];
  }
  return validate(json) ? [] : [ajv.errorsText(validate.errors, { dataVar: 'body' })];
}

/** What was taken must have been what the document asks for; what was refused need not. */
function requestFaults({ path, method, requestBody }: Operation, { status, json }: Exchange): string[] {
  if (json === undefined || status >= 300 || requestBody?.content['application/json'] === undefined)
    return [];
  const at = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
  const validate = validatorAt(...at);
  return validate(json) ? [] : [`took a body that the document forbids: ${ajv.errorsText(validate.errors)}`];
}

/** What about a request that a webhook was sent is not as the document says. */
export function webhookFaults({ headers, body }: Pick<Exchange, 'headers' | 'body'>): string[] {
  const at = ['webhooks', 'fileEvents', 'post'];
  const parameters = DOCUMENT.webhooks['fileEvents']?.post.parameters ?? [];
  const ofHeaders = parameters.flatMap(({ name }, index) => {
    const value = headers.get(name);
    if (value === null) return [`has no ${name}`];
    const validate = validatorAt(...at, 'parameters', String(index), 'schema');
    return validate(value) ? [] : [`${name}: ${ajv.errorsText(validate.errors)}`];
  });
  const schemaAt = [...at, 'requestBody', 'content', 'application/json', 'schema'];
  return [...ofHeaders, ...faultsOf(validatorAt(...schemaAt), body.toString())];
}
