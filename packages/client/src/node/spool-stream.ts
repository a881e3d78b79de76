import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Reads a stream to its end into a temporary file, since its size must be known before it is sent, and its bytes may
 * be needed again. The file has no name any more: it is gone when it is closed, even by a crash.
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
    await pipeline(stream, write, signal === undefined ? {} : { signal });
    return handle;
  } catch (error) {
    await handle.close();
    signal?.throwIfAborted();
    throw error;
  }
}
