import { StorageError } from '../../errors/index.ts';
import type { ChunkedBody } from './body-chunks.ts';
import type { GcsContext } from './gcs-context.ts';
import type { ObjectResource } from './object-resource.ts';
import { cancelSession, type Progress, putToSession } from './resumable.ts';
import { backOff, isPassing, type RetryPolicy } from './retrying.ts';
import { startSession } from './start-session.ts';

export interface ChunkedObject {
  readonly key: string;
  /** The first chunk of `cut`, which is not its last. */
  readonly first: Buffer<ArrayBuffer>;
  readonly cut: ChunkedBody;
  readonly signal: AbortSignal | undefined;
}

interface Part {
  readonly start: number;
  readonly bytes: Buffer<ArrayBuffer>;
  /** Set for the last part only. */
  readonly crc32c: string | null;
}

/** Creates an object of more than one chunk. While one is sent, the next one is read. */
export async function insertInChunks(context: GcsContext, object: ChunkedObject): Promise<ObjectResource> {
  const { key, cut, signal } = object;
  const metadata = { contentType: 'application/octet-stream' };
  const uri = await startSession(context, key, { metadata, signal });
  try {
    let part: Part | null = { start: 0, bytes: object.first, crc32c: null };
    for (;;) {
      const next: Promise<Part> | null = part.crc32c === null ? readNext(cut, part) : null;
      // Its failure is seen below; until then it must not count as unhandled.
      next?.catch(() => {});
      const stored = await sendPart(context.retry, { uri, part, signal });
      if (stored !== null) return stored;
      if (next === null) throw new StorageError('storage_failed', 'The whole was sent, but is not finished');
      part = await next;
    }
  } catch (error) {
    // Unfinished sessions cost nothing and end within a week: the failure at hand is the one to report.
    await cancelSession(uri).catch(() => {});
    throw error;
  }
}

async function readNext(cut: ChunkedBody, before: Part): Promise<Part> {
  const next = await cut.chunks.next();
  if (next.done === true) throw new Error('the last chunk says that it is the last');
  const { bytes, isLast } = next.value;
  const start = before.start + before.bytes.length;
  return { start, bytes, crc32c: isLast ? cut.totals().crc32c : null };
}

interface Sending {
  readonly uri: string;
  readonly part: Part;
  readonly signal: AbortSignal | undefined;
}

/** Sends one part, through failures that pass, from wherever the session then stands. The object, when that made it. */
async function sendPart(retry: RetryPolicy, sending: Sending): Promise<ObjectResource | null> {
  const { part, signal } = sending;
  const end = part.start + part.bytes.length;
  let position: number | null = part.start;
  for (let failures = 0; ; ) {
    try {
      const progress = await (position === null ? ask(sending) : sendFrom(position, sending));
      if (progress.state === 'finished') return progress.object;
      const kept = requireWithin(progress, part);
      if (kept === end && part.crc32c === null) return null;
      failures = position !== null && kept > position ? 0 : failures + 1;
      // All there and yet not finished: asking finishes it.
      position = kept === end ? null : kept;
    } catch (error) {
      if (!isPassing(error)) throw error;
      failures += 1;
      position = null;
      if (failures >= retry.attempts) throw error;
    }
    if (failures >= retry.attempts) throw new StorageError('storage_failed', 'The store keeps nothing');
    if (failures > 0) await backOff(failures, retry, signal);
  }
}

function ask({ uri, part, signal }: Sending): Promise<Progress> {
  const total = part.crc32c === null ? '*' : part.start + part.bytes.length;
  return putToSession(uri, `*/${total}`, { signal });
}

function sendFrom(position: number, { uri, part, signal }: Sending): Promise<Progress> {
  const end = part.start + part.bytes.length;
  const isLast = part.crc32c !== null;
  return putToSession(uri, `${position}-${end - 1}/${isLast ? end : '*'}`, {
    body: part.bytes.subarray(position - part.start),
    // Told with the last bytes, it keeps the store from finishing anything else.
    headers: isLast ? { 'x-goog-hash': `crc32c=${part.crc32c}` } : {},
    signal,
  });
}

/** How far the session got, which must lie in the part that was sent: nothing else is in memory any more. */
function requireWithin(progress: Exclude<Progress, { state: 'finished' }>, { start, bytes }: Part): number {
  if (progress.state === 'closed') throw new StorageError('storage_failed', 'The session has ended');
  const { receivedBytes } = progress;
  if (receivedBytes >= start && receivedBytes <= start + bytes.length) return receivedBytes;
  throw new StorageError('storage_failed', 'The session does not stand where it was written to');
}
