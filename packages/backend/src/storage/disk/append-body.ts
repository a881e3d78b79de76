import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { type BatchWriter, createBatchWriter } from './batch-writer.ts';
import type { DiskRoom } from './disk-room.ts';
import { readChunks } from './read-chunks.ts';

export interface AppendTarget {
  readonly handle: FileHandle;
  /** Where the first byte of the body goes. */
  readonly position: number;
  /** A body that goes on past this many bytes is an overrun. */
  readonly maxBytes: number;
  /** Is fed what is written, and nothing else; null when what came before is not known. */
  readonly hash: Hash | null;
  /** Asked now and then whether there is room for more. */
  readonly room: DiskRoom;
  /** True: nobody else uses the memory of the chunks, and it is given back as soon as they are written. */
  readonly ownsChunks: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Room is asked for anew each time this much was written. */
const ROOM_INTERVAL_BYTES = 32 * 1024 * 1024;

/**
 * How a body ended, and how many bytes of it were written. After an overrun they are of no use; `unsynced`: nothing in
 * the file is, since some of it does not get to the disk, and nobody can say which.
 */
export type AppendOutcome =
  | { readonly ended: 'whole'; readonly bytes: number }
  | { readonly ended: 'overrun' }
  | { readonly ended: 'unsynced'; readonly cause: unknown }
  | { readonly ended: 'broken'; readonly bytes: number; readonly cause: unknown };

/**
 * Writes `body` to a file while more of it comes in, and hashes it meanwhile. What came before a body broke
 * off is written; a failure to write, or a lack of room, rejects, with the file and the hash in no known state. The body is left
 * as it is, for the caller to destroy or to answer to, but when `signal` aborts it is destroyed.
 */
export async function appendBody(body: Readable, target: AppendTarget): Promise<AppendOutcome> {
  const writer = createBatchWriter(target);
  const { signal } = target;
  const abort = () => body.destroy(new Error('The body is no longer wanted', { cause: signal?.reason }));
  // A socket may still fail after we stopped reading; without a listener that would end the process.
  body.on('error', () => {});
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  try {
    const outcome = await append(body, target, writer);
    const unsynced = await writer.settle();
    return unsynced === null ? outcome : { ended: 'unsynced', ...unsynced };
  } catch (error) {
    const unsynced = await writer.settle();
    if (unsynced === null) throw error;
    return { ended: 'unsynced', ...unsynced };
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

async function append(
  body: Readable,
  { hash, maxBytes, room }: AppendTarget,
  writer: BatchWriter,
): Promise<AppendOutcome> {
  let bytes = 0;
  let roomAskedAt = 0;
  const end = await readChunks(body, (chunk) => {
    if (bytes + chunk.length > maxBytes) return 'stop';
    bytes += chunk.length;
    const turn = writer.write(chunk);
    hash?.update(chunk);
    if (bytes - roomAskedAt < ROOM_INTERVAL_BYTES) return turn;
    roomAskedAt = bytes;
    return (turn ?? Promise.resolve()).then(() => room.require(0));
  });
  if (end.ended === 'stopped') return { ended: 'overrun' };
  await writer.flush();
  return { ...end, bytes };
}
