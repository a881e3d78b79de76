/** What each step of one upload takes, by plain requests, one after the other. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Instance } from '../acceptance/harness/instance.ts';
import { type Input, listFiles, sha256Of } from './input.ts';
import { registerUser, type User } from './server.ts';

export interface Stages {
  readonly hash: number[];
  readonly create: number[];
  readonly put: number[];
  readonly complete: number[];
}

const MOST_FILES = 300;
const openedSchema = z.union([
  z.object({
    upload: z.object({ id: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }),
  }),
  z.object({ alreadyStored: z.literal(true) }),
]);

/** Milliseconds of each stage, for each of some files of the input. */
export async function measureStages(instance: Instance, input: Input): Promise<Stages> {
  const user = await registerUser(instance.url);
  const all = await listFiles(input.folder);
  const step = Math.max(1, Math.floor(all.length / MOST_FILES));
  const stages: Stages = { hash: [], create: [], put: [], complete: [] };
  for (let at = 0; at < all.length; at += step) {
    const path = all[at];
    if (path !== undefined) await uploadOne(user, { path, name: relative(input.folder, path) }, stages);
  }
  return stages;
}

async function uploadOne(user: User, file: { path: string; name: string }, stages: Stages): Promise<void> {
  const { size } = await stat(file.path);
  const [sha256, hashMs] = await timed(() => hashOf(file.path, size));
  const json = { path: file.name, sizeBytes: size, sha256 };
  const [opened, createMs] = await timed(() =>
    user.request('POST', '/uploads', { json, schema: openedSchema }),
  );
  if (!('upload' in opened)) return;
  const { id, url, headers } = opened.upload;
  const [response, putMs] = await timed(() => put(url, headers, { path: file.path, size }));
  if (!response.ok) throw new Error(`PUT answered ${response.status}`);
  const [, completeMs] = await timed(() =>
    user.request('POST', `/uploads/${id}/complete`, { json: {}, schema: z.object({ file: z.unknown() }) }),
  );
  stages.hash.push(hashMs);
  stages.create.push(createMs);
  stages.put.push(putMs);
  stages.complete.push(completeMs);
}

const SMALL_BYTES = 1024 * 1024;

async function hashOf(path: string, size: number): Promise<string> {
  if (size > SMALL_BYTES) return sha256Of(path);
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

async function put(
  url: string,
  headers: Record<string, string>,
  file: { path: string; size: number },
): Promise<Response> {
  const body =
    file.size <= SMALL_BYTES
      ? await readFile(file.path)
      : Readable.toWeb(createReadStream(file.path, { highWaterMark: SMALL_BYTES })).pipeThrough(
          new TransformStream<Uint8Array, Uint8Array>(),
        );
  return fetch(url, {
    method: 'PUT',
    headers: { ...headers, 'content-length': String(file.size) },
    body,
    duplex: 'half',
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const start = performance.now();
  const result = await work();
  return [result, performance.now() - start];
}
