import type { Journal } from './journal.ts';
import { pathOf } from './paths.ts';
import type { Random } from './random.ts';
import {
  type Account,
  Lost,
  listAll,
  readBytes,
  readJson,
  type StoredFile,
  send,
  sendJson,
  sha256Of,
} from './requests.ts';

/** What one client does, and what it is done with. */
export interface Actor {
  readonly account: Account;
  readonly journal: Journal;
  readonly random: Random;
}

const KIB = 1024;
const CHUNK_BYTES = 256 * KIB;

/** Some of it shrinks, some does not, some is tiny, some was there before. */
function contentOf(random: Random, mostBytes: number): Buffer {
  const sizeBytes = random.pick([0, 1, random.below(2 * KIB), random.below(mostBytes)]);
  if (random.below(4) === 0) return Buffer.alloc(sizeBytes, `known ${random.below(5)} `);
  if (random.below(3) === 0) return random.bytes(Math.min(sizeBytes, 64 * KIB));
  return Buffer.alloc(sizeBytes, `text ${random.below(2 ** 31)} and more of it\n`);
}

/** Now and then so much that the worker cuts it into frames; of few kinds, so that a long run does not fill the disk. */
function largeContentOf(random: Random): Buffer {
  if (random.below(12) > 0) return contentOf(random, 3 * CHUNK_BYTES);
  const kind = random.below(30);
  return Buffer.alloc(5 * KIB * KIB + kind, `frames of the kind ${kind} and more of them\n`);
}

/** A session: created, sent in chunks, completed; the bytes go on where they broke off. */
export async function uploadBySession({ account, journal, random }: Actor): Promise<void> {
  const [path, content] = [pathOf(random), largeContentOf(random)];
  const chunkBytes = content.length > 3 * CHUNK_BYTES ? 8 * CHUNK_BYTES : CHUNK_BYTES;
  const sha256 = sha256Of(content);
  journal.asking(path, sha256);
  const declared = random.below(2) === 0 ? { sha256 } : {};
  const created = await sendJson<{ upload?: { id: string; url: string } }>(account, '/uploads', {
    path,
    sizeBytes: content.length,
    ...declared,
  });
  if (created.upload !== undefined) {
    const { id, url } = created.upload;
    for (let start = 0; start === 0 || start < content.length; start += chunkBytes) {
      const part = content.subarray(start, start + chunkBytes);
      const range = `bytes ${start}-${start + part.length - 1}/${content.length}`;
      const headers: Record<string, string> =
        part.length === content.length ? {} : { 'content-range': range };
      const sent = await send(account, url, { method: 'PUT', body: part, headers, mayConflict: true });
      await readBytes(sent);
      if (sent.status === 404 || sent.status === 409)
        throw new Lost('so much time went by that the address holds no more');
    }
    await sendJson(account, `/uploads/${id}/complete`, { sha256 });
  }
  journal.acknowledged(path, sha256);
}

export async function uploadBundle({ account, journal, random }: Actor): Promise<void> {
  const files = new Map<string, Buffer>();
  for (let count = 1 + random.below(30); count > 0; count -= 1)
    files.set(pathOf(random), contentOf(random, 20 * KIB));
  const entries = [...files].map(([path, content]) => ({
    path,
    sizeBytes: content.length,
    sha256: sha256Of(content),
  }));
  for (const { path, sha256 } of entries) journal.asking(path, sha256);
  const manifest = Buffer.from(JSON.stringify({ entries }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  const { results } = await readJson<{ results: { file?: StoredFile; error?: unknown }[] }>(
    await send(account, '/bundles', {
      method: 'POST',
      body: Buffer.concat([length, manifest, ...files.values()]),
      headers: { 'content-type': 'application/vnd.instashare.bundle' },
    }),
  );
  for (const [index, { path, sha256 }] of entries.entries()) {
    if (results[index]?.file?.sha256 !== sha256) {
      throw new Error(`a bundle's entry was not stored: ${JSON.stringify(results[index])}`);
    }
    journal.acknowledged(path, sha256);
  }
}

export async function uploadForm({ account, journal, random }: Actor): Promise<void> {
  const [path, content] = [pathOf(random), contentOf(random, 100 * KIB)];
  journal.asking(path, sha256Of(content));
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), path);
  await readJson(await send(account, '/upload_files', { method: 'POST', body: form }));
  journal.acknowledged(path, sha256Of(content));
}

export async function removeFile({ account, journal, random }: Actor): Promise<void> {
  const path = pathOf(random);
  const file = (await listAll(account)).find((found) => found.path === path);
  if (file === undefined) return;
  journal.asking(path, null);
  // 404 says that it is gone too: an answer that got lost came before.
  await readBytes(await send(account, `/files/${file.id}`, { method: 'DELETE' }));
  journal.acknowledged(path, null);
}

/** A download that comes to its end has the bytes that its ETag promised, whatever goes on around it. */
export async function download({ account, random }: Actor): Promise<void> {
  const files = await listAll(account);
  if (files.length === 0) return;
  const file = random.pick(files);
  const response = await send(account, `/files/${file.id}/content`, { method: 'GET' });
  const bytes = await readBytes(response);
  if (response.status === 404) return;
  if (response.headers.get('etag') !== `"${sha256Of(bytes)}"`) {
    throw new Error(`a download of ${file.path} has other bytes than it said`);
  }
}
