/** The upload protocol, step by step, as the documentation tells a client to speak it. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import type { Account } from './account.ts';
import { type Answer, expectJson, send } from './http.ts';
import { until } from './poll.ts';
import {
  completedSchema,
  fileSchema,
  filesSchema,
  openedSchema,
  type StoredFile,
  type Upload,
} from './schemas.ts';

export const KIB = 1024;
export const MIB = 1024 * KIB;

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that differ from place to place and compress well, the same for the same seed. */
export function textBytes(sizeBytes: number, seed = 1): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(sizeBytes);
  let at = 0;
  for (let line = 0; at < sizeBytes; line += 1) at += bytes.write(`${seed}: this is line ${line}\n`, at);
  return bytes;
}

export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export async function openUpload(user: Account, { path, bytes }: NewFile): Promise<Upload> {
  const json = { path, sizeBytes: bytes.length, sha256: sha256Of(bytes) };
  return (await user.post('/uploads', openedSchema, json)).upload;
}

/** PUTs to the session; `range` is the value of `Content-Range`. */
export function put(upload: Upload, bytes: Uint8Array<ArrayBuffer>, range?: string): Promise<Answer> {
  const headers = { ...upload.headers, ...(range === undefined ? {} : { 'content-range': range }) };
  return send('PUT', upload.url, { headers, body: bytes });
}

export const askHowFar = (upload: Upload): Promise<Answer> => put(upload, new Uint8Array(), 'bytes */*');

export async function complete(user: Account, upload: Upload): Promise<StoredFile> {
  return (await user.post(`/uploads/${upload.id}/complete`, completedSchema, {})).file;
}

/** The whole way of one file, from opening the session to the finished file. */
export async function uploadFile(user: Account, file: NewFile): Promise<StoredFile> {
  const upload = await openUpload(user, file);
  const answer = await put(upload, file.bytes);
  if (answer.status !== 200) throw new Error(`PUT answered ${answer.status}: ${answer.body.toString()}`);
  return complete(user, upload);
}

/** One request of many small files: how many bytes the manifest has, the manifest, and the contents one behind the other. */
export function postBundle(user: Account, files: ReadonlyMap<string, Uint8Array>): Promise<Answer> {
  const entries = [...files].map(([path, content]) => ({
    path,
    sizeBytes: content.length,
    sha256: sha256Of(content),
  }));
  const manifest = Buffer.from(JSON.stringify({ entries }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  const headers = { 'content-type': 'application/vnd.instashare.bundle' };
  const body = Buffer.concat([length, manifest, ...files.values()]);
  return user.send('POST', '/bundles', { headers, body });
}

export interface BrokenRequest {
  readonly method?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Waited for before the break. */
  readonly arrived?: () => Promise<unknown>;
}

/** Sends the head of a request and `bytes`, then breaks the connection. Resolves when it is broken. */
export async function putBroken(url: string, bytes: Uint8Array, options: BrokenRequest): Promise<void> {
  const sending = request(url, { method: options.method ?? 'PUT', headers: options.headers });
  const closed = new Promise<void>((resolve) => {
    sending.once('close', () => resolve());
  });
  sending.on('error', () => {
    // That it breaks is what was asked for.
  });
  await new Promise<void>((resolve) => {
    sending.write(bytes, () => resolve());
  });
  await options.arrived?.();
  sending.destroy();
  await closed;
}

/** PUTs by chunked transfer encoding, so that nobody knows the length beforehand. */
export function putUnmeasured(upload: Upload, bytes: Uint8Array): Promise<Answer> {
  const body = toByteStream([bytes.subarray(0, 1000), bytes.subarray(1000)]);
  return send('PUT', upload.url, { headers: upload.headers, body });
}

/** A body that is sent as it is made. */
export function toByteStream(parts: Iterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(parts)).pipeThrough(
    new TransformStream<unknown, Uint8Array>({
      transform(chunk, controller) {
        if (chunk instanceof Uint8Array) controller.enqueue(chunk);
      },
    }),
  );
}

export async function postFiles(user: Account, form: FormData): Promise<StoredFile[]> {
  return expectJson(await user.send('POST', '/upload_files', { body: form }), filesSchema).files;
}

/** Waits until the worker is done with the file. */
export function untilReady(user: Account, { id, path }: StoredFile): Promise<StoredFile> {
  return until(`${path} to become ready`, async () => {
    const file = await user.get(`/files/${id}`, fileSchema);
    if (file.status === 'failed') throw new Error(`${path} failed`);
    return file.status === 'ready' ? file : null;
  });
}
