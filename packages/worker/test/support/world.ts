import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openContent } from '@instashare/backend/content';
import { type BlobRow, type Database, type NewBlob, openDatabase } from '@instashare/backend/database';
import { createLog } from '@instashare/backend/log';
import type { JobContext } from '@instashare/backend/queue';
import { createDiskObjectStore, type DiskObjectStore } from '@instashare/backend/storage';
import { createTestDatabase, runSql } from '@instashare/backend/testing';
import { createSeenObjects } from '@instashare/backend/versions';
import { createFrameCompressor } from '../../src/compress/compress-frame.ts';
import { createSlots } from '../../src/compress/slots.ts';
import { type CompressDependencies, createCompressBlobs } from '../../src/jobs/compress-blobs.ts';

export const GRACE_MS = 60_000;

export interface StoreOptions {
  readonly userId?: string;
  /** What the client said; what the bytes are when left out. */
  readonly sha256?: string;
  /** As when the api hashed the bytes while they came. */
  readonly verified?: boolean;
}

/** A database and a store with one user, and content put there as the api does. */
export interface WorkerWorld extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly database: Database;
  /** Straight into the database, for what no repository does. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  readonly objects: DiskObjectStore;
  readonly userId: string;
  readonly now: Date;
  /** Stores content as a new file; gives the blob's id. */
  store(content: Buffer, options?: StoreOptions): Promise<string>;
  /** Stores contents as new files that share one object, as a bundle does; `damaged` is written with other bytes. */
  storePack(
    contents: readonly Buffer[],
    options?: { readonly userId?: string; readonly damaged?: number },
  ): Promise<{ readonly ids: readonly string[]; readonly key: string }>;
  /** Another user's id. */
  addUser(): Promise<string>;
  blob(id: string): Promise<BlobRow>;
  /** What is in the store. */
  objectKeys(): Promise<string[]>;
  /** The content of a blob, through its row. */
  read(id: string): Promise<Buffer>;
  /** Runs the compression job as the queue would. */
  compress(
    blobIds: readonly string[],
    changes?: Partial<CompressDependencies & JobContext> & { readonly verifyOnly?: true },
  ): Promise<void>;
}

export const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export async function openWorkerWorld(): Promise<WorkerWorld> {
  await using opening = new AsyncDisposableStack();
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'worker-')));
  const { url } = opening.use(await createTestDatabase());
  const database = opening.use(await openDatabase({ url, poolSize: 4, applicationName: 'worker-test' }));
  const root = join(folder.path, 'objects');
  const objects = opening.use(
    createDiskObjectStore({ root, publicUrl: 'http://x', urlSecret: 'x', reserveBytes: 0 }),
  );
  const { repositories } = database;
  const userId = randomUUID();
  const addUser = async (id: string = randomUUID()) => {
    await repositories.users.insert({ id, email: `${id}@b.c`, name: null, passwordHash: '' });
    return id;
  };
  await addUser(userId);
  const now = new Date();
  const blob = async (id: string) => {
    const row = await repositories.blobs.find(id);
    if (row === null) throw new Error('There is no such blob');
    return row;
  };
  const resources = opening.move();
  return {
    databaseUrl: url,
    dataDir: folder.path,
    database,
    sql: (statement) => runSql(url, statement),
    objects,
    userId,
    now,
    store: (content, options = {}) => storeContent({ database, objects, userId }, content, options),
    storePack: (contents, options = {}) => storePack({ database, objects, userId }, contents, options),
    addUser: () => addUser(),
    blob,
    objectKeys: async () => (await objects.list({ limit: 1000 })).objects.map(({ key }) => key),
    async read(id) {
      const { objectKey, ...row } = await blob(id);
      return buffer(await openContent(objects, { key: objectKey, ...row }));
    },
    async compress(blobIds, { verifyOnly, ...changes } = {}) {
      const compressFrame = createFrameCompressor({ atOnce: 2 });
      const deps = {
        database,
        objects,
        compressFrame,
        level: 3,
        slots: createSlots(3),
        rawObjectGraceMs: GRACE_MS,
        seenObjects: createSeenObjects(),
      };
      const log = createLog({ name: 'test', level: 'silent' });
      const context = {
        log,
        signal: new AbortController().signal,
        isLastAttempt: false,
        reportProgress() {},
      };
      const job = createCompressBlobs({ ...deps, newId: () => randomUUID(), now: () => now, ...changes });
      const payload = { blobIds: [...blobIds], ...(verifyOnly === undefined ? {} : { verifyOnly }) };
      await job(payload, { ...context, ...changes });
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function storeContent(
  { database, objects, userId: owner }: Pick<WorkerWorld, 'database' | 'objects' | 'userId'>,
  content: Buffer,
  { userId = owner, sha256 = sha256Of(content), verified = false }: StoreOptions,
): Promise<string> {
  const id = randomUUID();
  const objectKey = `${userId}/${randomUUID()}`;
  await objects.put(objectKey, Readable.from([content]));
  const verifiedAt = verified ? new Date() : null;
  const blob = { id, sha256, sizeBytes: content.length, objectKey, objectOffset: null, verifiedAt };
  await insertFiles(database, userId, [blob]);
  return id;
}

const storePack = async (
  { database, objects, userId: owner }: Pick<WorkerWorld, 'database' | 'objects' | 'userId'>,
  contents: readonly Buffer[],
  { userId = owner, damaged }: { readonly userId?: string; readonly damaged?: number },
) => {
  const key = `${userId}/${randomUUID()}`;
  const stored = contents.map((content, index) =>
    index === damaged ? randomBytes(content.length) : content,
  );
  await objects.put(key, Readable.from([Buffer.concat(stored)]));
  let objectOffset = 0;
  const blobs = contents.map((content) => {
    const place = { objectKey: key, objectOffset };
    objectOffset += content.length;
    const { length: sizeBytes } = content;
    return { id: randomUUID(), sha256: sha256Of(content), sizeBytes, ...place, verifiedAt: new Date() };
  });
  await insertFiles(database, userId, blobs);
  return { ids: blobs.map(({ id }) => id), key };
};

/** A file of its own for each blob. */
async function insertFiles(database: Database, userId: string, newBlobs: readonly NewBlob[]): Promise<void> {
  await database.transaction(async ({ blobs, files, users }) => {
    await users.reserve(
      userId,
      newBlobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    );
    await blobs.insertMany(userId, newBlobs);
    const news = newBlobs.map((blob) => ({ blob, fileId: randomUUID(), versionId: randomUUID() }));
    await files.lockOrInsert(
      userId,
      news.map(({ fileId }) => ({ path: `file-${fileId}`, newId: fileId })),
    );
    const type = { contentType: 'text/plain', modifiedAt: null };
    await files.addVersions(
      news.map(({ blob, fileId, versionId }) => ({
        id: versionId,
        fileId,
        number: 1,
        blobId: blob.id,
        ...type,
      })),
    );
  });
}

/** Text that shrinks little, so that a compressor has much to do and to write. */
export const dense = (bytes: number): Buffer =>
  Buffer.from(randomBytes(bytes).toString('base64')).subarray(0, bytes);

/** Text that shrinks well, another one each time. */
export function text(bytes: number): Buffer {
  const words =
    randomBytes(512)
      .toString('hex')
      .match(/.{1,6}/g) ?? [];
  const lines: string[] = [];
  for (let length = 0, line = 0; length < bytes; line += 1) {
    const word = `${words[line % words.length]} ${line % 9973}\n`;
    lines.push(word);
    length += word.length;
  }
  return Buffer.from(lines.join('')).subarray(0, bytes);
}
