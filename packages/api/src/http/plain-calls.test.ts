import { expect, test } from 'vitest';
import { readPlainCalls } from './plain-calls.ts';

type Asked = Parameters<typeof readPlainCalls>[0];

function asked(
  method: string,
  target: string,
  { body, ...headers }: Readonly<Record<string, string>> = {},
): Asked {
  const [path = '', query] = target.split('?');
  const url = `/trpc/${path}${query === undefined ? '' : `?${query}`}`;
  return { method, body, headers, params: { path }, url };
}

const INPUT = encodeURIComponent('{"0":{"limit":1},"1":{"limit":2}}');
const JSON_BODY = { 'content-type': 'application/json', body: '{"a":1}' };

test.each([
  ['a query', asked('GET', 'files.list?input=%7B%22limit%22%3A1%7D'), [{ limit: 1 }]],
  ['a query of nothing', asked('GET', 'usage.get'), [undefined]],
  ['a query of the empty text', asked('GET', 'usage.get?input='), [undefined]],
  ['two queries', asked('GET', `files.list,trash.list?batch=1&input=${INPUT}`), [{ limit: 1 }, { limit: 2 }]],
  [
    'three queries, one of nothing',
    asked('GET', `files.list,trash.list,usage.get?batch=1&input=${INPUT}`),
    [{ limit: 1 }, { limit: 2 }, undefined],
  ],
  ['a mutation', asked('POST', 'trash.empty', JSON_BODY), [{ a: 1 }]],
  ['a mutation of nothing', asked('POST', 'trash.empty', { ...JSON_BODY, body: '' }), [undefined]],
  ['a mutation of null', asked('POST', 'trash.empty', { ...JSON_BODY, body: 'null' }), [null]],
  [
    'with a charset',
    asked('POST', 'trash.empty', { ...JSON_BODY, 'content-type': 'Application/JSON; charset=utf-8' }),
    [{ a: 1 }],
  ],
])('%s is plain', (_, request, inputs) => {
  expect(readPlainCalls(request)?.calls.map(({ input }) => input)).toEqual(inputs);
});

const MANY = Array.from({ length: 33 }, () => 'usage.get').join(',');

test.each([
  ['a name that there is none of', asked('GET', 'files.nothing')],
  ['what every object has', asked('GET', 'toString')],
  ['what every object has, too', asked('GET', '__proto__')],
  ['one that there is none of beside one', asked('GET', 'usage.get,files.nothing?batch=1')],
  ['two that are no batch', asked('GET', 'usage.get,usage.get')],
  ['a name in disguise', asked('GET', 'usage%2eget')],
  ['a query that is posted', asked('POST', 'usage.get', JSON_BODY)],
  ['a mutation that is got', asked('GET', 'trash.empty')],
  ['a subscription', asked('GET', 'events.subscribe')],
  ['another method', asked('PATCH', 'trash.empty', JSON_BODY)],
  ['both kinds', asked('GET', 'usage.get,trash.empty?batch=1')],
  ['more than may be', asked('GET', `${MANY}?batch=1`)],
  ['no JSON', asked('GET', 'files.list?input=%7B')],
  ['a batch whose inputs are a list', asked('GET', 'usage.get?batch=1&input=%5B%5D')],
  ['a body of no type', asked('POST', 'trash.empty', { body: '{}' })],
  ['a body of another type', asked('POST', 'trash.empty', { 'content-type': 'text/plain', body: '{}' })],
  ['a stream, by its own header', asked('GET', 'usage.get?batch=1', { 'trpc-accept': 'application/jsonl' })],
  ['a stream', asked('GET', 'usage.get?batch=1', { accept: 'text/html, application/jsonl' })],
  ['a parameter that is not ours', asked('GET', 'usage.get?other=1')],
  ['an address with a fragment', asked('GET', 'usage.get?batch=1#x')],
  ['with parameters of a connection', asked('GET', 'usage.get?connectionParams=%7B%7D')],
])("%s is tRPC's to answer", (_, request) => {
  expect(readPlainCalls(request)).toBeNull();
});
