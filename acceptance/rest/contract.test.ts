/**
 * Thousands of requests made from the OpenAPI document, right and wrong: none may be answered with what the document does
 * not say, by a fault of ours, or not at all. Every request of the other tests is held against the document, too: see
 * `harness/http.ts`. The seed is printed with a failure; `CONTRACT_SEED` and `CONTRACT_RUNS` (for each operation) set others.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Account, registerUser } from '../harness/account.ts';
import { type KnownIds, requestsFor } from '../harness/arbitrary-requests.ts';
import { contractFaults, OPERATIONS, type Operation } from '../harness/contract.ts';
import { expectNoInsides } from '../harness/http.ts';
import { type Instance, startInstance } from '../harness/instance.ts';
import { openUpload, textBytes, uploadFile } from '../harness/uploads.ts';

const SEED = Number(process.env['CONTRACT_SEED'] ?? 20_261_125);
const RUNS = Number(process.env['CONTRACT_RUNS'] ?? 40);
/** Nothing that is asked here takes a tenth of it. */
const HANG_MS = 10_000;

const idSchema = z.object({ id: z.string() });

/** Somebody who has one of everything, and its ids by what the paths begin with. */
async function someone(server: string): Promise<{ readonly user: Account; readonly known: KnownIds }> {
  const user = await registerUser(server);
  const file = await uploadFile(user, { path: 'docs/a.txt', bytes: textBytes(5000) });
  const trashed = await uploadFile(user, { path: 'docs/b.txt', bytes: textBytes(20, 2) });
  await user.send('DELETE', `/files/${trashed.id}`);
  const upload = await openUpload(user, { path: 'docs/c.txt', bytes: textBytes(30, 3) });
  const shared = await user.post('/shares', z.object({ url: z.string(), share: idSchema }), {
    folder: 'docs',
  });
  const { details } = await user.post('/tokens', z.object({ details: idSchema }), {
    name: 'a',
    scopes: ['read'],
  });
  const known = {
    files: file.id,
    trash: trashed.id,
    uploads: upload.id,
    storage: upload.id,
    shares: shared.share.id,
    s: shared.url.slice(shared.url.lastIndexOf('/') + 1),
    tokens: details.id,
    docs: 'init.js',
  };
  return { user, known };
}

/** The answer, of what goes on for ever only its head. */
async function ask(
  url: string,
  init: RequestInit,
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(HANG_MS) });
  const { status, headers } = response;
  if (headers.get('content-type')?.startsWith('text/event-stream') === true) {
    await response.body?.cancel();
    return { status, headers, body: Buffer.from('event') };
  }
  return { status, headers, body: Buffer.from(await response.arrayBuffer()) };
}

describe('the document', () => {
  let instance: Instance;
  let reader: ReturnType<typeof someone> | undefined;
  let asked = 0;
  beforeAll(async () => {
    const environment = { AUTH_ATTEMPTS_PER_MINUTE: '1000000', ACCOUNT_ATTEMPTS_PER_MINUTE: '1000000' };
    instance = await startInstance({ environment });
  });
  afterAll(async () => {
    console.log(`asked ${asked} times, with the seed ${SEED}`);
    await instance[Symbol.asyncDispose]();
  });

  async function expectAsDocumented(operation: Operation): Promise<void> {
    // Who reads leaves everything as it is.
    const isReading = operation.method === 'GET' || operation.method === 'HEAD';
    const { user, known } = isReading
      ? await (reader ??= someone(instance.url))
      : await someone(instance.url);
    const authorization = `Bearer ${user.auth.accessToken}`;
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(requestsFor(operation, known), async ({ target, headers, body, json, isLoggedIn }) => {
        const { method } = operation;
        const url = `${instance.url}${target}`;
        const answer = await ask(url, {
          method,
          headers: { ...headers, ...(isLoggedIn ? { authorization } : {}) },
          ...(body === undefined ? {} : { body }),
        });
        asked += 1;
        statuses.add(answer.status);
        expect(contractFaults({ method, url, json, ...answer })).toEqual([]);
        expect(answer.status, answer.body.toString()).not.toBe(500);
        if (answer.status >= 400) expectNoInsides(answer.body.toString());
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(statuses.size).toBeGreaterThan(0);
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
});
