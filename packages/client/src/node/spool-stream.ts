import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { untilAborted } from '../retry/until-aborted.ts';

/**
 * Reads a stream to its end into a temporary file, since its size must be known before it is sent, and its bytes may
 * be needed again. The file has no name any more: it is gone when it is closed, even by a crash.
 * Aborted, it rejects at once with the signal's reason, and the stream is cancelled.
 */
export async function spoolStream(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<FileHandle> {
  const path = join(tmpdir(), `instashare-upload-${randomUUID()}`);
  const handle = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    const write = async (blocks: AsyncIterable<Uint8Array>) => {
      for await (const block of blocks) await handle.appendFile(block);
    };
    const spooled = pipeline(toReadable(stream), write, signal === undefined ? {} : { signal });
    // A generator that is waiting can't be ended by anybody.
    await untilAborted(spooled, signal);
    return handle;
  } catch (error) {
    await handle.close();
    signal?.throwIfAborted();
    throw error;
  }
}

/** Only a stream of Node's own does `pipeline` end while that is waiting for its next block. */
function toReadable(stream: AsyncIterable<Uint8Array>): Readable {
  if (stream instanceof Readable) return stream;
  return stream instanceof ReadableStream ? Readable.fromWeb(stream) : Readable.from(stream);
}
