import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Repositories } from '@instashare/backend/database';
import { type AppError, errors, isAppError } from '@instashare/backend/errors';
import {
  type LinkedVersion,
  linkingTransaction,
  linkVersions,
  type NewContent,
} from '@instashare/backend/versions';
import { type BundleEntry, bytesInBundle, type FileDto, filePathProblem } from '@instashare/contracts';
import type { Dependencies } from './dependencies.ts';
import { createContentDigests } from './digest-contents.ts';
import { guessContentType } from './guess-content-type.ts';
import { refuseOutdated } from './refuse-outdated.ts';
import { toFileDto } from './to-file-dto.ts';

type Used = Pick<
  Dependencies,
  'compressions' | 'config' | 'database' | 'log' | 'newId' | 'now' | 'objects' | 'seenObjects' | 'uploadMeter'
>;

export interface IncomingBundle {
  readonly entries: readonly BundleEntry[];
  /** The contents of the entries that bring one, in their order, one behind the other, cut anywhere. May fail. */
  readonly contents: AsyncIterable<Buffer>;
  readonly signal: AbortSignal;
}

/** With whether its bytes are reserved. */
type OpeningBundle = IncomingBundle & { readonly opening: Promise<boolean> };

/** What came of an entry. */
export type BundledFile =
  | { readonly file: FileDto; readonly alreadyStored: boolean }
  | { readonly error: AppError };

/** An entry whose content is in the object, or what is wrong with it. */
type Received = NewContent | AppError;

interface OpenBundle {
  readonly userId: string;
  readonly uploadId: string;
  readonly key: string;
  readonly sizeBytes: number;
}

/**
 * Many small files in one request: their contents become one object, and one transaction books them all. An
 * entry that is refused does not keep the others from being stored; a bundle that breaks off leaves nothing.
 * Sent again it changes nothing. Rejects with `quota_exceeded`, and with what `contents` fails with.
 */
export async function receiveBundle(
  deps: Used,
  userId: string,
  bundle: IncomingBundle,
): Promise<readonly BundledFile[]> {
  using reception = new DisposableStack();
  reception.use(deps.compressions.receiving());
  const open = toOpenBundle(deps, userId, bundle.entries);
  const opening = reserve(deps, open, bundle.entries.length);
  // Waited for below; until then it must not count as unhandled.
  opening.catch(() => {});
  let booked: Booked;
  try {
    const received = await storeContents(deps, open, { ...bundle, opening });
    booked = await bookInTime(deps, open, received);
  } catch (error) {
    // Whether a row whose writing failed is there nobody knows.
    if (await opening.catch(() => true)) await letGo(deps, open);
    throw error;
  }
  if (booked.newBlobs.length > 0) deps.seenObjects.add(open.key);
  for (const blob of booked.newBlobs) deps.compressions.add(blob);
  const stored = booked.results.filter((result) => 'file' in result).length;
  deps.uploadMeter?.stored('bundle', stored, booked.newBlobs);
  return booked.results;
}

function toOpenBundle({ newId }: Used, userId: string, entries: readonly BundleEntry[]): OpenBundle {
  const uploadId = newId();
  const sizeBytes = entries.reduce((sum, entry) => sum + bytesInBundle(entry), 0);
  return { userId, uploadId, key: `${userId}/${uploadId}`, sizeBytes };
}

/**
 * Writes the row that names the object; false when there is no room for it. Nothing waits for the disk here: the end books
 * it for good, and until then nothing was promised.
 */
function reserve({ config, database, now }: Used, open: OpenBundle, files: number): Promise<boolean> {
  const { key, sizeBytes, uploadId, userId } = open;
  return database.repositories.uploads.open(userId, [
    {
      id: uploadId,
      path: `bundle of ${files} files`,
      sizeBytes,
      sha256: null,
      contentType: 'application/octet-stream',
      modifiedAt: null,
      objectKey: key,
      session: null,
      expiresAt: new Date(now().getTime() + config.uploadExpiresSeconds * 1000),
    },
  ]);
}

/**
 * Writes the contents into the object as they come, hashing each. It gets its name when the row is there, so that a crash
 * leaves no bytes that nobody knows of.
 */
async function storeContents(
  { objects }: Used,
  open: OpenBundle,
  { entries, contents, opening, signal }: OpeningBundle,
): Promise<Received[]> {
  const sent = entries.filter(({ linkOnly }) => linkOnly !== true);
  const { digests, update } = createContentDigests(sent.map(({ sizeBytes }) => sizeBytes));
  let isRefused = false;
  void opening.then((isReserved) => (isRefused = !isReserved)).catch(() => {});
  const pass = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of contents) {
      if (isRefused) break;
      update(chunk);
      yield chunk;
    }
    if (!(await opening)) throw errors.quotaExceeded(open.sizeBytes);
  };
  const body = Readable.from(pass());
  // Where nothing is sent there is no object to make.
  if (sent.length === 0) await finished(body.resume(), { signal });
  else
    await objects.put(open.key, body, { signal, maxBytes: open.sizeBytes, hashed: false, ownsChunks: true });

  let offset = 0;
  const digest = digests.values();
  return entries.map((entry) => {
    if (entry.linkOnly === true) return faultOf(entry, entry.sha256) ?? toContent(entry, null);
    const object = { key: open.key, offset, verified: true };
    offset += entry.sizeBytes;
    return faultOf(entry, required(digest.next().value)) ?? toContent(entry, object);
  });
}

function faultOf({ path, sha256 }: BundleEntry, actualSha256: string): AppError | null {
  const problem = filePathProblem(path);
  if (problem !== null) return errors.invalidField('path', `path ${problem}`);
  return actualSha256 === sha256 ? null : errors.checksumMismatch(sha256, actualSha256);
}

function toContent(entry: BundleEntry, object: NewContent['object']): NewContent {
  const { path, sha256, sizeBytes, modifiedAt } = entry;
  return {
    path,
    contentType: guessContentType(path, entry.contentType),
    modifiedAt: modifiedAt === undefined ? null : new Date(modifiedAt),
    sha256,
    sizeBytes,
    object,
    ifVersion: entry.ifVersion ?? null,
  };
}

interface Booked {
  readonly results: readonly BundledFile[];
  readonly newBlobs: readonly NonNullable<LinkedVersion['newBlob']>[];
}

const isContent = (item: Received): item is NewContent => 'path' in item;

/** A file that gets another version just then is not what was expected of it: what is refused is found out anew. */
const MOST_TRIES = 5;

async function bookInTime(deps: Used, open: OpenBundle, received: readonly Received[]): Promise<Booked> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await linkingTransaction(deps, (repositories) => book(deps, repositories, { open, received }));
    } catch (error) {
      if (tries === MOST_TRIES || !isAppError(error, 'version_mismatch')) throw error;
    }
  }
}

/** The one transaction in which the entries become versions. */
async function book(
  deps: Used,
  repositories: Repositories,
  { open, received }: { readonly open: OpenBundle; readonly received: readonly Received[] },
): Promise<Booked> {
  const { changes, files, objectDeletions, uploads } = repositories;
  const { userId, uploadId, key } = open;
  const upload = await uploads.lock(userId, uploadId);
  if (upload?.state !== 'pending') throw errors.uploadExpired();
  const judged = (await refuseOutdated(files, userId, received.filter(isContent))).values();
  const items = received.map((item) => (isContent(item) ? required(judged.next().value) : item));
  const contents = items.filter(isContent);
  const linked = await linkVersions(deps, repositories, { userId, contents });
  await uploads.remove(uploadId);
  const there = linked.filter((version) => version !== null);
  const newBlobs = there.flatMap(({ newBlob }) => newBlob ?? []);
  if (newBlobs.length === 0) await objectDeletions.schedule([key], deps.now());
  const asked = new Set(there.filter(({ newFile }) => newFile === null).map(({ fileId }) => fileId));
  const found = asked.size === 0 ? [] : await files.findMany(userId, [...asked]);
  // Those that were asked for come last: a new file may have got another version since.
  const rows = [...there.flatMap(({ newFile }) => newFile ?? []), ...found];
  const byId = new Map(rows.map((file) => [file.id, toFileDto(file)]));
  // What was reserved turns into what is used, as far as it is new content.
  const usedBytes = newBlobs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const booked = there.flatMap(({ change }) => change ?? []);
  await changes.record(userId, booked, usedBytes - open.sizeBytes);

  const versions = linked.values();
  const results = items.map((item) => {
    if (!isContent(item)) return { error: item };
    const version = versions.next().value ?? null;
    if (version === null) return { error: errors.contentUnknown(item.sha256) };
    return { file: required(byId.get(version.fileId) ?? null), alreadyStored: version.newBlob === null };
  });
  return { results, newBlobs };
}

/** What must be there: its bytes have all come, its object was given, its row is locked by this transaction. */
function required<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('an entry of the bundle was lost on the way');
  return value;
}

async function letGo({ database, now }: Used, { uploadId, key }: OpenBundle): Promise<void> {
  await database.transaction(async ({ objectDeletions, uploads }) => {
    // An upload that the sweep has removed meanwhile leaves its bytes to us.
    if (!(await uploads.end(uploadId, now()))) await objectDeletions.schedule([key], now());
  });
}
