import { z } from 'zod';
import { badRequest, GoogleError, notFound, readBody, sendJson } from './answer.ts';
import { type Bucket, createBucket, toResource } from './bucket.ts';
import { type Fault, happens, type Operation } from './faults.ts';
import { insertMultipart, requireDescription, sendList, sendMedia } from './json-api.ts';
import { requireToken, sendMetadata, signBlob } from './machine-account.ts';
import { verifySignedUrl } from './signed-url.ts';
import type { Exchange, World } from './world.ts';

const bucketSchema = z.object({ name: z.string() });

/** Answers a request. Rejects with a `GoogleError` to be sent, or when the connection broke. */
export async function handle(exchange: Exchange): Promise<void> {
  const { world, request, response, url } = exchange;
  const path = url.pathname;
  if (path.startsWith('/computeMetadata/')) return sendMetadata(exchange);
  if (path.endsWith(':signBlob')) return signBlob(exchange);
  if (path.startsWith('/upload/storage/v1/b/')) return handleUpload(exchange);
  // The library leaves the prefix out when the address comes from STORAGE_EMULATOR_HOST.
  const match = /^(?:\/storage\/v1)?\/b\/([^/]+)\/(o|iam)(?:\/([^/]+))?$/.exec(path);
  if (match !== null) {
    const [, bucketName = '', kind, name] = match;
    requireCredentials(exchange);
    const bucket = requireBucket(world, bucketName);
    if (kind === 'iam') return begin(exchange, 'permissions', () => sendRights(exchange));
    return handleObject(exchange, bucket, name === undefined ? null : decodeURIComponent(name));
  }
  if (path === '/storage/v1/b' && request.method === 'POST' && world.keys === null)
    return makeBucket(exchange);
  const [, bucketName = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const bucket = world.buckets.get(bucketName);
  if (bucket === undefined || request.method !== 'GET') throw notFound(path);
  verifySignedUrl(url, {
    method: 'GET',
    publicKey: world.keys?.publicKey ?? null,
    now: new Date(Date.now() + world.laterMs),
  });
  for (const header of ['content-disposition', 'content-type']) {
    const value = url.searchParams.get(`response-${header}`);
    if (value !== null && header !== 'content-type') response.setHeader(header, value);
  }
  return begin(exchange, 'media', (fault) =>
    sendMedia(bucket.get(decodeURIComponent(key)), { request, response, fault }),
  );
}

function handleUpload(exchange: Exchange): Promise<void> {
  const { world, request, response, url } = exchange;
  const { resumable } = world;
  const match = /^\/upload\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname);
  if (match === null) throw notFound(url.pathname);
  const query = url.searchParams;
  const sessionId = query.get('upload_id');
  if (sessionId !== null) return handleSession(exchange, sessionId);
  requireCredentials(exchange);
  const bucket = requireBucket(world, match[1] ?? '');
  const type = query.get('uploadType');
  if (request.method !== 'POST') throw badRequest('An upload begins with a POST');
  requireRight(world, 'storage.objects.create');
  const condition = query.get('ifGenerationMatch');
  const ifGenerationMatch = condition === null ? null : Number(condition);
  if (type === 'multipart') {
    return begin(exchange, 'insert', async (fault) => {
      const object = await insertMultipart(bucket, request, { ifGenerationMatch, fault });
      if (fault?.kind === 'lose-answer') response.destroy();
      else sendJson(response, 200, toResource(bucket, object));
    });
  }
  const name = query.get('name');
  if (type !== 'resumable' || name === null) throw badRequest('Required: uploadType and name');
  return begin(exchange, 'start', async () => {
    await requireDescription(request);
    const id = resumable.start(request, { bucket, name, ifGenerationMatch });
    const location = `http://${request.headers.host}${url.pathname}?uploadType=resumable&name=${encodeURIComponent(name)}&upload_id=${id}`;
    response.writeHead(200, { location, 'content-length': '0' }).end();
  });
}

function handleSession(exchange: Exchange, id: string): Promise<void> {
  const { world, request, response } = exchange;
  const { resumable } = world;
  // Its address is a secret of its own, and whoever has it is not to get another one's token.
  if (world.asksForTokens && request.headers.authorization !== undefined)
    throw badRequest('A session takes no token');
  if (request.method === 'DELETE') return begin(exchange, 'cancel', () => resumable.cancel(id));
  if (request.method !== 'PUT') throw badRequest('A session takes PUT and DELETE');
  const isQuestion = request.headers['content-range']?.startsWith('bytes */') === true;
  return begin(exchange, isQuestion ? 'ask' : 'send', (fault) =>
    resumable.put(id, { request, response, fault }),
  );
}

async function makeBucket({ world, request, response }: Exchange): Promise<void> {
  const { name } = bucketSchema.parse(JSON.parse((await readBody(request)).toString()));
  world.buckets.set(name, createBucket(name));
  sendJson(response, 200, { kind: 'storage#bucket', name });
}

function handleObject(exchange: Exchange, bucket: Bucket, key: string | null): Promise<void> {
  const { world, request, response, url } = exchange;
  if (key === null) {
    requireRight(world, 'storage.objects.list');
    return begin(exchange, 'list', () => sendList(bucket, url.searchParams, response));
  }
  if (request.method === 'DELETE') {
    requireRight(world, 'storage.objects.delete');
    return begin(exchange, 'delete', (fault) => {
      bucket.delete(key);
      if (fault?.kind === 'lose-answer') response.destroy();
      else response.writeHead(204).end();
    });
  }
  requireRight(world, 'storage.objects.get');
  if (url.searchParams.get('alt') === 'media') {
    return begin(exchange, 'media', (fault) => sendMedia(bucket.get(key), { request, response, fault }));
  }
  return begin(exchange, 'stat', () => sendJson(response, 200, toResource(bucket, bucket.get(key))));
}

/** Notes the operation, lets a planned fault happen, and otherwise does the work. */
async function begin(
  { world, request, response }: Exchange,
  operation: Operation,
  work: (fault: Fault | null) => Promise<void> | void,
): Promise<void> {
  world.operations.push(operation);
  const fault = world.faults.take(operation);
  if (await happens(fault, request, response)) return;
  await work(fault);
}

function requireCredentials({ world, request }: Exchange): void {
  if (world.asksForTokens) requireToken(request);
}

function requireBucket({ buckets }: World, name: string): Bucket {
  const bucket = buckets.get(name);
  if (bucket === undefined) throw new GoogleError(404, 'notFound', 'The specified bucket does not exist.');
  return bucket;
}

function requireRight({ rights }: World, right: string): void {
  if (!rights.includes(right)) throw new GoogleError(403, 'forbidden', `The caller does not have ${right}.`);
}

function sendRights({ world, response, url }: Exchange): void {
  const granted = url.searchParams.getAll('permissions').filter((right) => world.rights.includes(right));
  sendJson(response, 200, { kind: 'storage#testIamPermissionsResponse', permissions: granted });
}
