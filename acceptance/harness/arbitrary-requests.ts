/** Requests made from the OpenAPI document: as it asks for them, and otherwise. */
import * as fc from 'fast-check';
import { type Body, bodiesOf } from './arbitrary-bodies.ts';
import { type Hints, JUNK, valid, validField } from './arbitrary-values.ts';
import type { Operation } from './contract.ts';

export interface ArbitraryRequest extends Body {
  /** Path and query. */
  readonly target: string;
  /** Whether it says who it is from. */
  readonly isLoggedIn: boolean;
}

/** What is there. */
export interface Known {
  /** Ids by what the path of the operation begins with. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** Addresses by the path of the operation, where an id alone makes none: signed ones, links. */
  readonly targets: Readonly<Record<string, readonly string[]>>;
  readonly hints: Hints;
  /** What the upload sessions expect. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Requests for an operation, most of them nearly what it asks for. */
export function requestsFor(operation: Operation, known: Known): fc.Arbitrary<ArbitraryRequest> {
  return fc
    .record({
      target: targets(operation, known),
      headers: headersOf(operation),
      body: bodiesOf(operation, known),
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

function realTargets({ path }: Operation, { ids, targets: addresses }: Known): readonly string[] {
  if (!path.includes('{')) return [path];
  const withIds = (ids[path.split('/')[1] ?? ''] ?? []).map((id) =>
    path.replace('{id}', id).replace('{number}', '1'),
  );
  return addresses[path] ?? withIds;
}

function targets(operation: Operation, known: Known): fc.Arbitrary<string> {
  const real = realTargets(operation, known);
  if (real.length === 0) throw new Error(`${operation.name}: nothing is there that it could be asked for`);
  const addresses = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...real) }, addressesOf(operation));
  return fc.tuple(addresses, queries(operation, known.hints)).map(([address, query]) => {
    const [path = '', signed = ''] = address.split('?');
    // What is signed is not asked for twice.
    const added = query.filter(([name]) => !new URLSearchParams(signed).has(name));
    const text = added.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
    const all = [...(signed === '' ? [] : [signed]), ...text].join('&');
    return all === '' ? path : `${path}?${all}`;
  });
}

/** Addresses of things that are not there, or could not be. */
function addressesOf(operation: Operation): fc.Arbitrary<string> {
  const parts = operation.path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const schema = parametersIn(operation, 'path').find((parameter) => parameter.name === name)?.schema;
    return (
      fc
        .oneof(valid(schema), fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }))
        // A part that is empty or a dot is another address.
        .map((value) => encodePart(String(value)))
    );
  });
  return fc.tuple(...parts).map((path) => path.join('/'));
}

const encodePart = (text: string): string =>
  /^\.{0,2}$/.test(text) ? 'x' : encodeURIComponent(text.toWellFormed());

function queries(operation: Operation, hints: Hints): fc.Arbitrary<(readonly [string, string])[]> {
  const fields = parametersIn(operation, 'query').map(({ name, schema }) => {
    // Nobody wants to wait here.
    const wanted = name === 'waitSeconds' ? fc.constant(0) : validField(name, schema, hints);
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
    .map((query) =>
      Object.entries(query).map(([name, value]) => [name, String(value).toWellFormed()] as const),
    );
}

const HEADER_VALUES = fc.oneof(
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    maxLength: 40,
  }),
  fc.constantFrom(
    '"1"',
    '*',
    'bytes=0-3',
    'bytes=9-',
    'bytes=999999-',
    'bytes */*',
    'bytes 0-1/2',
    '5',
    '"", W/"1"',
  ),
);

function headersOf(operation: Operation): fc.Arbitrary<Record<string, string>> {
  const names = parametersIn(operation, 'header').map(({ name }) => name.toLowerCase());
  if (names.length === 0) return fc.constant({});
  const some = fc.array(fc.tuple(fc.constantFrom(...names), HEADER_VALUES), { maxLength: 2 });
  return some.map((headers) => Object.fromEntries(headers));
}
