/** Requests made from the OpenAPI document: as it asks for them, and otherwise. */
import * as fc from 'fast-check';
import { z } from 'zod';
import { DOCUMENT, type Operation } from './contract.ts';

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  example: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  items: z.unknown().optional(),
});
type Schema = z.infer<typeof schemaSchema>;

/** What a schema describes. */
function valid(schema: unknown): fc.Arbitrary<unknown> {
  const it = schemaSchema.parse(schema);
  if (it.$ref !== undefined) return valid(DOCUMENT.components.schemas[it.$ref.replace(/^.*\//, '')]);
  if (it.const !== undefined) return fc.constant(it.const);
  if (it.enum !== undefined) return fc.constantFrom(...it.enum);
  if (it.anyOf !== undefined) return fc.oneof(...it.anyOf.map(valid));
  switch ([it.type].flat()[0]) {
    case 'object':
      return validObject(it);
    case 'array':
      return fc.array(valid(it.items), {
        minLength: it.minItems ?? 0,
        maxLength: Math.min(it.maxItems ?? 3, 3),
      });
    case 'integer':
      return fc.maxSafeInteger().map((n) => {
        const { minimum = 0, maximum = 1000 } = it;
        return minimum + (Math.abs(n) % (maximum - minimum + 1));
      });
    case 'boolean':
      return fc.boolean();
    default:
      return validText(it);
  }
}

function validObject({ properties = {}, required }: Schema): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valid(field)]));
  return fc.record(fields, { requiredKeys: required });
}

function validText({ format, pattern, example }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('0001-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
      .map(String)
      .map(toIso);
  }
  const some = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), PATHS);
  const made = pattern === undefined ? some : fc.stringMatching(new RegExp(pattern));
  return example === undefined ? made : fc.oneof(fc.constant(example), made);
}

const toIso = (text: string): string => new Date(text).toISOString();

/** What is now and then a path here, and what never is one. */
const PATHS = fc.oneof(
  fc.constantFrom('docs/a.txt', 'docs', 'docs/', 'new.txt', '../up', '/etc/passwd', 'a//b', 'nul\0l', ''),
  fc.string({ unit: 'grapheme', minLength: 200, maxLength: 2000 }),
);

/** Anything but what is asked for, most of the time. */
const JUNK = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    0,
    1.5,
    1e300,
    2 ** 53,
    true,
    [],
    {},
    '9'.repeat(400),
    '\u0000',
    '\ud800',
  ),
);

/** A body that is nearly right: one field is junk, is missing, or is one too many. */
const nearly = (body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(body, JUNK, fc.nat(), fc.constantFrom('junk', 'missing', 'more')).map(([made, junk, at, kind]) => {
    if (typeof made !== 'object' || made === null || Array.isArray(made)) return junk;
    if (kind === 'more') return { ...made, ['__proto__x']: junk };
    const names = Object.keys(made);
    const name = names[at % Math.max(names.length, 1)] ?? '';
    const others = Object.entries(made).filter(([one]) => one !== name);
    return Object.fromEntries(kind === 'junk' ? [...others, [name, junk]] : others);
  });

export interface ArbitraryRequest {
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly json: unknown;
  /** Whether it says who it is from. */
  readonly isLoggedIn: boolean;
}

/** Ids of things that are there, by what the operation's path begins with. */
export type KnownIds = Readonly<Record<string, string>>;

/** Requests for an operation, most of them nearly what it asks for. */
export function requestsFor(operation: Operation, known: KnownIds): fc.Arbitrary<ArbitraryRequest> {
  return fc
    .record({
      target: targets(operation, known),
      headers: headersOf(operation),
      body: bodies(operation),
      isLoggedIn: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
    })
    .map(({ target, headers, body, isLoggedIn }) => ({
      target,
      ...body,
      isLoggedIn,
      headers: { ...headers, ...body.headers },
    }));
}

const parametersIn = (operation: Operation, place: 'path' | 'query' | 'header') =>
  operation.parameters.filter((parameter) => parameter.in === place);

function targets(operation: Operation, known: KnownIds): fc.Arbitrary<string> {
  const first = operation.path.split('/')[1] ?? '';
  const real = known[`${first}/trash`] !== undefined && operation.path.startsWith('/trash') ? 'trash' : first;
  const parts = operation.path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const schema = parametersIn(operation, 'path').find((parameter) => parameter.name === name)?.schema;
    const there = known[real];
    return (
      fc
        .oneof(
          {
            weight: 3,
            arbitrary: there === undefined || name === 'number' ? fc.constant('1') : fc.constant(there),
          },
          { weight: 2, arbitrary: valid(schema) },
          fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
        )
        // A part that is empty or a dot is another address.
        .map((value) => encodePart(String(value)))
    );
  });
  return fc.tuple(fc.tuple(...parts), queries(operation)).map(([path, query]) => path.join('/') + query);
}

const encodePart = (text: string): string =>
  /^\.{0,2}$/.test(text) ? 'x' : encodeURIComponent(text.toWellFormed());

function queries(operation: Operation): fc.Arbitrary<string> {
  const fields = parametersIn(operation, 'query').map(({ name, schema }) => {
    // Nobody wants to wait here.
    const wanted = name === 'waitSeconds' ? fc.constant(0) : valid(schema);
    const value = fc.oneof(
      { weight: 4, arbitrary: wanted },
      JUNK.map((junk) => (typeof junk === 'string' ? junk : JSON.stringify(junk))),
    );
    return [name, name === 'waitSeconds' ? wanted : value] as const;
  });
  const required = parametersIn(operation, 'query').filter(
    (parameter) => parameter.required || parameter.name === 'waitSeconds',
  );
  return fc
    .record(Object.fromEntries(fields), { requiredKeys: required.map(({ name }) => name) })
    .map((query) => {
      const text = Object.entries(query).map(
        ([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`,
      );
      return text.length === 0 ? '' : `?${text.join('&')}`;
    });
}

const HEADER_VALUES = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    maxLength: 40,
  }),
  fc.constantFrom('"1"', '*', 'bytes=0-3', 'bytes=9-', 'bytes */*', 'bytes 0-1/2', '5', '"", W/"1"'),
);

function headersOf(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const names = parametersIn(operation, 'header').map(({ name }) => name.toLowerCase());
  if (names.length === 0) return fc.constant({});
  const some = fc.array(fc.tuple(fc.constantFrom(...names), HEADER_VALUES), { maxLength: 2 });
  return some.map((headers) => Object.fromEntries(headers));
}

interface Body {
  readonly body: string | undefined;
  readonly json: unknown;
  readonly headers: Record<string, string>;
}

const NO_BODY: Body = { body: undefined, json: undefined, headers: {} };

function bodies({ method, requestBody }: Operation): fc.Arbitrary<Body> {
  if (method === 'GET' || method === 'HEAD') return fc.constant(NO_BODY);
  const [type = 'application/json', media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const asJson = (json: unknown): Body => ({
    json,
    body: JSON.stringify(json),
    headers: { 'content-type': 'application/json' },
  });
  const broken = fc
    .tuple(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(type, 'application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x'),
    )
    .map(([body, as]): Body => ({ json: undefined, body, headers: { 'content-type': as } }));
  if (media === undefined || type !== 'application/json') return fc.oneof(broken, fc.constant(NO_BODY));
  const right = valid(media.schema);
  return fc.oneof(
    { weight: 5, arbitrary: right.map(asJson) },
    { weight: 5, arbitrary: nearly(right).map(asJson) },
    { weight: 1, arbitrary: JUNK.map(asJson) },
    { weight: 1, arbitrary: broken },
    { weight: 1, arbitrary: fc.constant(NO_BODY) },
  );
}
