import type { Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createBatchWriter } from './batch-writer.ts';
import type { DiskRoom } from './disk-room.ts';

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
  readonly signal?: AbortSignal | undefined;
}

/** Room is asked for anew each time this much was written. */
const ROOM_INTERVAL_BYTES = 32 * 1024 * 1024;

/** How a body ended, and how many bytes of it were written. After an overrun they are of no use. */
export type AppendOutcome =
  | { readonly ended: 'whole'; readonly bytes: number }
  | { readonly ended: 'overrun' }
  | { readonly ended: 'broken'; readonly bytes: number; readonly cause: unknown };

/**
 * Writes `body` to a file while more of it comes in, and hashes it meanwhile. What came before a body broke
 * off is written; a failure to write, or a lack of room, rejects, with the file and the hash in no known state. The body is left
 * as it is, for the caller to destroy or to answer to, but when `signal` aborts it is destroyed.
 */
export async function appendBody(body: Readable, target: AppendTarget): Promise<AppendOutcome> {
  const writer = createBatchWriter(target.handle, target.position);
  const { hash, maxBytes, room, signal } = target;
  const abort = () => body.destroy(new Error('The body is no longer wanted', { cause: signal?.reason }));
  // A socket may still fail after we stopped reading; without a listener that would end the process.
  body.on('error', () => {});
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) abort();
  const chunks: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
  let bytes = 0;
  let roomAskedAt = 0;
  try {
    for await (const chunk of brokenOff(chunks)) {
      if (bytes + chunk.length > maxBytes) {
        await writer.settle();
        return { ended: 'overrun' };
      }
      bytes += chunk.length;
      if (bytes - roomAskedAt >= ROOM_INTERVAL_BYTES) {
        roomAskedAt = bytes;
        await room.require(0);
      }
      const turn = writer.write(chunk);
      hash?.update(chunk);
      if (turn !== null) await turn;
    }
    await writer.flush();
    return { ended: 'whole', bytes };
  } catch (error) {
    if (!(error instanceof BrokenOff)) {
      await writer.settle();
      throw error;
    }
    await writer.flush();
    return { ended: 'broken', bytes, cause: error.cause };
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** Tells a failure of the body apart from a failure of the disk. */
class BrokenOff extends Error {}

async function* brokenOff(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new BrokenOff('The body broke off', { cause });
  }
}
