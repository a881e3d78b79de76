/**
 * What somebody does with the installed package, in Node: run as `node story.mjs URL EMAIL FOLDER`, it ends well or with
 * the assertion that failed.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createInstashareClient,
  createMemoryAuthStore,
  type InstashareClient,
  isInstashareError,
} from '@instashare/client/node';

const [url = '', email = '', folder = ''] = process.argv.slice(2);
const PASSWORD = 'correct horse battery';
const MIB = 1024 * 1024;
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function logIn(): Promise<InstashareClient> {
  const first = createInstashareClient({ url, auth: createMemoryAuthStore() });
  await first.register({ email, password: PASSWORD });
  await first[Symbol.asyncDispose]();
  const client = createInstashareClient({ url, auth: createMemoryAuthStore() });
  const user = await client.login({ email, password: PASSWORD, deviceName: 'story' });
  assert.equal(user.email, email);
  return client;
}

/** The same bytes by every way in; each arrives as it is. */
async function uploadByEveryWay(client: InstashareClient, bytes: Buffer<ArrayBuffer>): Promise<string> {
  const local = join(folder, 'story.bin');
  await writeFile(local, bytes);
  const seen: number[] = [];
  const onProgress = (accepted: number) => seen.push(accepted);
  const { file } = await client.upload(local, { path: 'by/path', onProgress });
  assert.deepEqual([file.sizeBytes, file.sha256, seen.at(-1)], [bytes.length, sha256Of(bytes), bytes.length]);
  assert.ok(seen.length > 2, `progress was told ${seen.length} times`);
  const inputs = {
    blob: new Blob([bytes], { type: 'image/png' }),
    buffer: new Uint8Array(bytes),
    'array-buffer': bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    'web-stream': new Blob([bytes]).stream(),
    'node-stream': createReadStream(local),
    'file-url': new URL(`file://${local}`),
  };
  for (const [name, input] of Object.entries(inputs)) {
    const outcome = await client.upload(input, { path: `by/${name}` });
    assert.equal(outcome.file.sha256, sha256Of(bytes), name);
  }
  const page = await client.trpc.files.list.query({ prefix: 'by/' });
  assert.equal(page.items.length, 7);
  assert.equal(page.items.find(({ path }) => path === 'by/blob')?.contentType, 'image/png');
  return file.id;
}

async function abortUpload(client: InstashareClient): Promise<void> {
  const aborting = new AbortController();
  const upload = client.upload(randomBytes(32 * MIB), {
    path: 'aborted',
    signal: aborting.signal,
    onProgress: () => aborting.abort(),
  });
  await assert.rejects(upload, { name: 'AbortError' });
  const found = client.call((trpc) => trpc.files.byPath.query({ path: 'aborted' }));
  await assert.rejects(found, { code: 'file_not_found', status: 404 });
}

async function download(client: InstashareClient, id: string, bytes: Buffer): Promise<void> {
  const seen: number[] = [];
  const whole = await client.download(id, { onProgress: (received) => seen.push(received) });
  assert.deepEqual([whole.sizeBytes, whole.sha256], [bytes.length, sha256Of(bytes)]);
  assert.ok(bytes.equals(await whole.bytes()));
  assert.equal(seen.at(-1), bytes.length);
  const part = await client.download(id, { range: { start: 100, end: 5000 } });
  assert.ok(bytes.subarray(100, 5000).equals(await part.bytes()));
  const rest = await client.download(id, { range: { start: bytes.length - 10 } });
  assert.ok(bytes.subarray(-10).equals(Buffer.from(await (await rest.blob()).arrayBuffer())));
  await assert.rejects(client.download(id, { range: { start: bytes.length } }), {
    code: 'range_not_satisfiable',
  });
  const to = join(folder, 'back.bin');
  await client.downloadFile({ file: await client.trpc.files.get.query({ id }), to });
  assert.ok(bytes.equals(await readFile(to)));
}

/** A subscription of the typed client, from before the first event on. */
async function subscribe(client: InstashareClient): Promise<string[]> {
  const paths: string[] = [];
  const input = { lastEventId: '0', pathPrefix: 'by/' };
  await new Promise<void>((resolve, reject) => {
    const subscription = client.trpc.events.subscribe.subscribe(input, {
      onError: reject,
      onData({ data }) {
        if (data.kind === 'created') paths.push(data.path);
        if (paths.length < 2) return;
        subscription.unsubscribe();
        resolve();
      },
    });
  });
  return paths;
}

/** A stream that gives nothing is not waited for. */
async function abortStillStream(client: InstashareClient): Promise<void> {
  const aborting = new AbortController();
  let cancelled = false;
  const still = new ReadableStream<Uint8Array>({
    cancel() {
      cancelled = true;
    },
  });
  const upload = client.upload(still, { path: 'still', signal: aborting.signal });
  aborting.abort();
  await assert.rejects(upload, { name: 'AbortError' });
  assert.ok(cancelled);
}

async function share(client: InstashareClient, id: string): Promise<void> {
  const made = await client.call((trpc) => trpc.shares.create.mutate({ fileId: id, maxDownloads: 1 }));
  const content = await fetch(`${made.url}/content`);
  assert.equal(content.status, 200);
  await content.arrayBuffer();
  assert.equal((await fetch(`${made.url}/content`)).status, 404);
}

/** A token does what its scopes say; what it may not do has the same code as over REST. */
async function useToken(client: InstashareClient, id: string): Promise<void> {
  const { token, details } = await client.call((trpc) =>
    trpc.tokens.create.mutate({ name: 'story', scopes: ['read'] }),
  );
  const reader = createInstashareClient({ url, auth: { accessToken: token } });
  assert.equal((await reader.trpc.files.get.query({ id })).id, id);
  const refused = await reader.upload(new Uint8Array(1), { path: 'no' }).catch((error: unknown) => error);
  assert.ok(isInstashareError(refused, 'insufficient_scope'));
  const overRest = await fetch(`${url}/files/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  const body = await overRest.text();
  assert.equal(overRest.status, refused.status);
  assert.ok(body.includes(`"code":"${refused.code}"`), body);
  await client.trpc.tokens.revoke.mutate({ id: details.id });
  await assert.rejects(
    reader.call((trpc) => trpc.files.get.query({ id })),
    { code: 'token_refused' },
  );
  await reader[Symbol.asyncDispose]();
}

const client = await logIn();
const bytes = randomBytes(3 * MIB + 17);
const stopped = new AbortController();
const readyPaths = (async () => {
  const paths = new Set<string>();
  for await (const event of client.events({ pathPrefix: 'by/', signal: stopped.signal })) {
    if (event.kind === 'ready') paths.add(event.path);
    if (paths.has('by/path')) return paths;
  }
  return paths;
})();
const id = await uploadByEveryWay(client, bytes);
assert.equal((await client.whenReady(id)).status, 'ready');
assert.ok((await readyPaths).has('by/path'));
assert.deepEqual((await subscribe(client)).slice(0, 2), ['by/path', 'by/blob']);
await abortUpload(client);
await abortStillStream(client);
await download(client, id, bytes);
await share(client, id);
await useToken(client, id);
await client.logout();
await assert.rejects(client.whenReady(id), { code: 'unauthenticated' });
await client[Symbol.asyncDispose]();
