/**
 * Thousands of requests made from the OpenAPI document, right and wrong: none may be answered with what the document does
 * not say, by a fault of ours, or not at all. Every request of the other tests is held against the document, too: see
 * `harness/http.ts`. The seed is printed with a failure; `CONTRACT_SEED` and `CONTRACT_RUNS` (for each operation) set others.
 */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerUser } from '../harness/account.ts';
import { runAdmin } from '../harness/admin-command.ts';
import { requestsFor } from '../harness/arbitrary-requests.ts';
import { contractFaults, OPERATIONS, type Operation } from '../harness/contract.ts';
import { expectNoInsides } from '../harness/http.ts';
import { startInstance } from '../harness/instance.ts';
import { type Owner, someoneWith } from '../harness/one-of-everything.ts';
import { serve } from '../harness/serve.ts';
import { makeTempFolder } from '../harness/temp-folder.ts';

const SEED = Number(process.env['CONTRACT_SEED'] ?? 20_261_125);
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 40);
const MOST_ROUNDS = 10;
/** Nothing that is asked here takes a tenth of it. */
const HANG_MS = 10_000;

const NO_INPUT = 'It is there for everybody and takes nothing that could be wrong.';
/** Of which operation nothing is refused, or nothing done, whatever is asked; and why. All others are seen to do both. */
const ONE_SIDED: Readonly<Record<string, { readonly never: 'done' | 'refused'; readonly why: string }>> = {
  'GET /healthz': { never: 'refused', why: NO_INPUT },
  'HEAD /healthz': { never: 'refused', why: NO_INPUT },
  'GET /readyz': { never: 'refused', why: NO_INPUT },
  'HEAD /readyz': { never: 'refused', why: NO_INPUT },
  'GET /openapi.json': { never: 'refused', why: NO_INPUT },
  'GET /docs': { never: 'refused', why: NO_INPUT },
};

/** The answer, of what goes on for ever only its head. */
async function ask(
  url: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(HANG_MS) });
  const { status, headers } = response;
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) {
    return { status, headers, body: await firstMessage(response) };
  }
  return { status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

async function firstMessage({ body }: Response): Promise<Buffer> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('\n\n')) {
    const { done = true, value = '' } = (await reader?.read()) ?? {};
    if (done) break;
    text += value;
  }
  await reader?.cancel();
  return Buffer.from(text);
}

describe('the document', () => {
  const resources = new AsyncDisposableStack();
  let needs: Parameters<typeof someoneWith>[1];
  const readers = new Map<string, Promise<Owner>>();
  let asked = 0;
  beforeAll(async () => {
    const environment = {
      AUTH_ATTEMPTS_PER_MINUTE: '1000000',
      ACCOUNT_ATTEMPTS_PER_MINUTE: '1000000',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    };
    const instance = resources.use(await startInstance({ environment }));
    const receiver = resources.use(
      await serve((request, reply) => void request.resume().on('end', () => reply.end())),
    );
    const { email } = await registerUser(instance.url);
    await using folder = await makeTempFolder('admin');
    const { code, output } = await runAdmin(instance, folder.path, 'admin', email, 'on');
    if (code !== 0) throw new Error(output);
    needs = { server: instance.url, receiver: receiver.url, admin: email };
  });
  afterAll(async () => {
    console.log(`asked ${asked} times, with the seed ${SEED}`);
    await resources.disposeAsync();
  });

  /** Who reads leaves everything as it is. */
  function ownerFor({ method, path }: Operation): Promise<Owner> {
    const first = path.split('/')[1] ?? '';
    if (method !== 'GET' && method !== 'HEAD') return someoneWith(first, needs);
    const reader = readers.get(first) ?? someoneWith(first, needs);
    readers.set(first, reader);
    return reader;
  }

  async function expectAsDocumented(operation: Operation): Promise<void> {
    const { method } = operation;
    const { known, credentials } = await ownerFor(operation);
    const statuses = new Set<number>();
    const isAsDocumented = fc.asyncProperty(
      requestsFor(operation, known),
      async ({ target, headers, body, json, isLoggedIn }) => {
        const url = `${needs.server}${target}`;
        const answer = await ask(url, {
          method,
          headers: { ...headers, ...(isLoggedIn ? credentials : {}) },
          ...(body === undefined ? {} : { body }),
        });
        asked += 1;
        statuses.add(answer.status);
        expect(contractFaults({ method, url, json, ...answer })).toEqual([]);
        expect(answer.status, answer.body.toString()).not.toBe(500);
        if (answer.status >= 400) expectNoInsides(answer.body.toString());
      },
    );
    const { never } = ONE_SIDED[operation.name] ?? {};
    const wanted = { isDone: never !== 'done', isRefused: never !== 'refused' };
    const seen = () => ({
      isDone: [...statuses].some((status) => status < 400),
      isRefused: [...statuses].some((status) => status >= 400),
    });
    // Few of those that are made at random may be right in all that they say: then more of them are tried.
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      await fc.assert(isAsDocumented, { seed: SEED + round, numRuns: RUNS });
      if (isDeepStrictEqual(seen(), wanted)) return;
    }
    expect(seen(), `answered ${[...statuses].join(', ')}`).toEqual(wanted);
  }

  test.each(OPERATIONS)('$name', expectAsDocumented);
});

describe('a fault would be found', () => {
  const right = {
    method: 'GET',
    url: 'http://x/files/019abc3e-7a44-7cde-8f01-23456789abcd',
    status: 404,
    headers: new Headers({ 'x-request-id': 'a', 'content-type': 'application/json' }),
    body: Buffer.from('{"code":"file_not_found","message":"There is no such file"}'),
  };
  test('where there is none, none is', () => {
    expect(contractFaults(right)).toEqual([]);
  });

  test.each([
    ['a status', { status: 418 }],
    ['a code', { body: Buffer.from('{"code":"path_taken","message":"x"}') }],
    ['a field too many', { body: Buffer.from('{"code":"file_not_found","message":"x","stack":"x"}') }],
    ['a field too few', { body: Buffer.from('{"code":"file_not_found"}') }],
    ['a body that is not JSON', { body: Buffer.from('<html>') }],
    ['a content type', { headers: new Headers({ 'x-request-id': 'a', 'content-type': 'text/html' }) }],
    ['no request id', { headers: new Headers({ 'content-type': 'application/json' }) }],
    ['no Retry-After', { status: 503, body: Buffer.from('{"code":"unavailable","message":"x"}') }],
    ['an address', { url: 'http://x/elsewhere', status: 200 }],
    ['a body of a HEAD', { method: 'HEAD', url: `${right.url}/content` }],
    [
      'a request that is taken though it is wrong',
      { method: 'POST', url: 'http://x/users/logout', status: 200, json: 1, body: Buffer.from('{}') },
    ],
  ])('%s', (_, wrong) => {
    expect(contractFaults({ ...right, ...wrong })).not.toEqual([]);
  });

  const part = {
    ...right,
    url: `${right.url}/content`,
    status: 206,
    headers: new Headers({
      'x-request-id': 'a',
      'accept-ranges': 'bytes',
      'content-disposition': 'attachment',
      'content-range': 'bytes 0-1/9',
      etag: '"a"',
    }),
  };
  const headersWith = (name: string, value: string | null) => {
    const headers = new Headers(part.headers);
    if (value === null) headers.delete(name);
    else headers.set(name, value);
    return headers;
  };
  test('where all headers are as they are promised, none is', () => {
    expect(contractFaults(part)).toEqual([]);
  });

  test.each([
    ['content-range', null, 'has no Content-Range'],
    ['content-range', 'bytes */9', 'Content-Range: bytes */9: data must match pattern'],
    ['location', '/elsewhere', 'has location, which is not in the document'],
  ])('the header %s as %s', (name, value, fault) => {
    expect(contractFaults({ ...part, headers: headersWith(name, value) })).toEqual([
      expect.stringContaining(fault),
    ]);
  });

  const cursor = 'id: 7\ndata: {"kind":"cursor","id":"7"}\n\n';
  const messages = (text: string) => ({
    method: 'GET',
    url: 'http://x/events',
    status: 200,
    headers: new Headers({ 'x-request-id': 'a', 'content-type': 'text/event-stream; charset=utf-8' }),
    body: Buffer.from(text),
  });
  test('messages as they are described have none, nor has what has only begun to come', () => {
    const end = 'event: end\ndata: {"code":"session_ended","message":"x"}\n\n';
    expect(contractFaults(messages(`${cursor}${end}data: {"kind`))).toEqual([]);
  });

  test.each([
    'data: {"kind":"other","id":"7"}\n\n',
    'data: {"kind":"cursor","id":"7","more":1}\n\n',
    'data: text\n\n',
    'id: 7\n\n',
    'event: end\ndata: {"code":"no_such_code","message":"x"}\n\n',
  ])('the message %j', (message) => {
    expect(contractFaults(messages(cursor + message))).toHaveLength(1);
  });
});
