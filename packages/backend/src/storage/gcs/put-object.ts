import type { Readable } from 'node:stream';
import { StorageError } from '../../errors/index.ts';
import { ownerOf } from '../object-key.ts';
import type { ObjectStat, PutOptions } from '../object-store.ts';
import { BodyFailure, type ChunkedBody, cutBody } from './body-chunks.ts';
import { translateError } from './failure.ts';
import type { GcsContext } from './gcs-context.ts';
import { insertInChunks } from './insert-in-chunks.ts';
import { insertWhole } from './insert-whole.ts';
import type { ObjectResource } from './object-resource.ts';
import { retrying } from './retrying.ts';

/** What is held in memory to be sent again, twice for each `put`. Google advises at least 8 MiB. */
const CHUNK_BYTES = 8 * 1024 * 1024;

/** `ObjectStore.put`: what fits into a chunk in one request, anything larger by a resumable session of our own. */
export async function putObject(
  context: GcsContext,
  object: { readonly key: string; readonly body: Readable },
  options: PutOptions,
): Promise<ObjectStat> {
  const { key, body } = object;
  const { maxBytes = Number.MAX_SAFE_INTEGER, signal } = options;
  const abort = () => body.destroy(new Error('The body is no longer wanted', { cause: signal?.reason }));
  try {
    ownerOf(key);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', abort, { once: true });
    const cut = cutBody(body, { chunkBytes: CHUNK_BYTES, maxBytes });
    const stored = await insert(context, { key, cut, signal });
    return await requireSame(context, key, { stored, sent: cut.totals() });
  } catch (error) {
    body.destroy();
    signal?.throwIfAborted();
    if (error instanceof BodyFailure) throw error.cause;
    throw translateError(error);
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function insert(
  context: GcsContext,
  { key, cut, signal }: { key: string; cut: ChunkedBody; signal: AbortSignal | undefined },
): Promise<ObjectResource> {
  const first = await cut.chunks.next();
  if (first.done === true) throw new Error('even an empty body has a chunk');
  const { bytes, isLast } = first.value;
  if (!isLast) return insertInChunks(context, { key, first: bytes, cut, signal });
  return insertWhole(context, { key, bytes, crc32c: cut.totals().crc32c, signal });
}

/** The store compared the checksum already; this holds even where it would not have. */
async function requireSame(
  { bucket, retry }: GcsContext,
  key: string,
  { stored, sent }: { readonly stored: ObjectResource; readonly sent: ReturnType<ChunkedBody['totals']> },
): Promise<ObjectStat> {
  if (stored.size === sent.sizeBytes && stored.crc32c === sent.crc32c) return sent;
  await retrying(() => bucket.file(key).delete({ ignoreNotFound: true }), { policy: retry });
  throw new StorageError('object_damaged', 'What was stored is not what was sent');
}
