import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObjectStore, UploadSessionStatus } from '@instashare/backend/storage';
import { vi } from 'vitest';
import { createGcsObjectStore, type GcsObjectStore } from '../../src/storage/gcs/gcs-object-store.ts';
import { type GcsServer, startGcsServer, toKeyFile } from '../support/gcs-server/start-gcs-server.ts';
import { type Body, type DriverWorld, type OpenUpload, type ReadBack, statusOf } from './driver-world.ts';

const GRANULARITY_BYTES = 256 * 1024;
export const ORIGIN = 'https://files.example';
/** As the real one, only faster. */
export const FAST_RETRY = { attempts: 6, firstDelayMs: 2, maxDelayMs: 20 };

export interface GcsWorld extends DriverWorld {
  readonly store: GcsObjectStore;
  readonly server: GcsServer;
}

/** The driver before the strict server of our own, as before an emulator, but that signatures are looked at. */
export async function openGcsWorld(): Promise<GcsWorld> {
  await using opening = new AsyncDisposableStack();
  const server = opening.use(await startGcsServer());
  opening.use(await useKeyFile(server.keyFile));
  const { bucket, url } = server;
  const options = { bucket, origin: ORIGIN, emulatorUrl: url, retry: FAST_RETRY };
  return describeGcsWorld(server, opening.use(createGcsObjectStore(options)), opening.move());
}

/** The same as on a machine of Google's, whose account is asked for a token, and for signatures. */
export async function openMachineWorld(): Promise<GcsWorld> {
  await using opening = new AsyncDisposableStack();
  const server = opening.use(await startGcsServer({ asksForTokens: true }));
  useMachineAccount(server);
  const { bucket, url } = server;
  const options = { bucket, origin: ORIGIN, emulatorUrl: null, googleUrl: url, retry: FAST_RETRY };
  return describeGcsWorld(server, opening.use(createGcsObjectStore(options)), opening.move());
}

function describeGcsWorld(
  server: GcsServer,
  store: GcsObjectStore,
  resources: AsyncDisposableStack,
): GcsWorld {
  return {
    ...describeWorld(store),
    store,
    server,
    expire: () => server.expire(),
    openReads: () => Promise.resolve(server.openAnswers),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Of a service account that nobody knows: emulators look at no signature, and yet there must be one. */
let strangersKeyFile: string | null = null;

/** The driver before an emulator that somebody else runs, in a bucket of its own. */
export async function openEmulatorWorld(url: string): Promise<DriverWorld> {
  await using opening = new AsyncDisposableStack();
  const bucket = `instashare-${randomUUID()}`;
  const created = await fetch(`${url}/storage/v1/b?project=test`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: bucket }),
  });
  if (!created.ok) throw new Error(`The emulator made no bucket: ${await created.text()}`);
  strangersKeyFile ??= toKeyFile(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
  opening.use(await useKeyFile(strangersKeyFile));
  const options = { bucket, origin: ORIGIN, emulatorUrl: url, retry: FAST_RETRY };
  const world = describeWorld(opening.use(createGcsObjectStore(options)));
  const resources = opening.move();
  return { ...world, expire: null, openReads: null, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** Signs with this key file from now on. */
async function useKeyFile(content: string): Promise<AsyncDisposable> {
  const folder = await mkdtempDisposable(join(tmpdir(), 'gcs-'));
  const keyFile = join(folder.path, 'key.json');
  await writeFile(keyFile, content);
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', keyFile);
  return folder;
}

/** There is no key file, and the account's key never leaves Google. */
function useMachineAccount({ url }: GcsServer): void {
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
  vi.stubEnv('HOME', '/nowhere');
  vi.stubEnv('GCE_METADATA_HOST', new URL(url).host);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'assume-present');
}

function describeWorld(store: ObjectStore) {
  return {
    store,
    granularityBytes: GRANULARITY_BYTES,
    send: (upload: OpenUpload, body: Body) => send(store, upload, body),
    readSigned,
  };
}

async function readSigned(url: string, range?: string): Promise<ReadBack> {
  const response = await fetch(url, range === undefined ? {} : { headers: { range } });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** As our clients do; rejects when the store refuses. */
async function send(
  store: ObjectStore,
  upload: OpenUpload,
  { offset, bytes, breaksAfter }: Body,
): Promise<UploadSessionStatus> {
  const { request, opened } = upload;
  const { sizeBytes } = request;
  const isWhole = offset === 0 && bytes.length >= sizeBytes;
  const end = offset + bytes.length;
  const headers = {
    ...opened.headers,
    ...(isWhole ? {} : { 'content-range': `bytes ${offset}-${end - 1}/${Math.max(end, sizeBytes)}` }),
  };
  if (breaksAfter !== undefined && breaksAfter < bytes.length) {
    await sendPart(opened.url, headers, { bytes, breaksAfter });
    return statusOf(store, upload);
  }
  const body = Buffer.from(bytes);
  const response = await fetch(opened.url, { method: 'PUT', headers, body, redirect: 'manual' });
  const text = await response.text();
  if (response.status === 404 || response.status === 410 || response.status === 499) return { state: 'gone' };
  if (response.status === 200) return { state: 'finished', sizeBytes };
  if (response.status !== 308) throw new Error(`${response.status}: ${text}`);
  const last = /^bytes=0-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1];
  return { state: 'open', receivedBytes: last === undefined ? 0 : Number(last) + 1 };
}

/** Writes the head of a request and a part of its body, and breaks the connection. Waits until the store saw it. */
async function sendPart(
  url: string,
  headers: Record<string, string>,
  { bytes, breaksAfter }: { readonly bytes: Buffer; readonly breaksAfter: number },
): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({ host: `${hostname}:${port}`, 'content-length': bytes.length, ...headers });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.write(`PUT ${pathname}${search} HTTP/1.1\r\n${head}\r\n`);
  socket.end(bytes.subarray(0, breaksAfter));
  // The other side closes when it has read what came and seen that no more does.
  socket.on('error', () => {}).resume();
  await once(socket, 'close').catch(() => {});
}
