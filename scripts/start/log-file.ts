import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface LogFile extends AsyncDisposable {
  readonly path: string;
  /** For programs to write to. Whatever is written goes to the end of the file. */
  readonly handle: FileHandle;
}

export interface LogLimits {
  readonly maxSizeBytes: number;
  readonly lookIntervalMs: number;
}

const LIMITS: LogLimits = { maxSizeBytes: 10 * 1024 * 1024, lookIntervalMs: 10_000 };
const BLOCK_BYTES = 256 * 1024;

/** Opens a log to write at its end. One that has grown large is put aside now and then, in place of the one before. */
export async function openLogFile(dataDir: string, name: string, limits = LIMITS): Promise<LogFile> {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${name}.log`);
  const handle = await open(path, 'a', 0o600);
  const putAside = () => putAsideIfLarge(path, limits.maxSizeBytes);
  await putAside();
  let busy = false;
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    // On a disk that is full there is no room for a copy: it is tried again.
    looking = putAside()
      .catch(() => {})
      .finally(() => {
        busy = false;
      });
  }, limits.lookIntervalMs);
  timer.unref();
  return {
    path,
    handle,
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await looking;
      await handle.close();
    },
  };
}

/**
 * Keeps the end of a log as `<path>.1` and empties it. It stays the same file, because programs go on writing to the
 * one that they were given; what they write in the instant between the two steps is lost.
 */
async function putAsideIfLarge(path: string, maxSizeBytes: number): Promise<void> {
  await using log = await open(path, 'r+');
  const { size } = await log.stat();
  if (size <= maxSizeBytes) return;
  const unfinished = `${path}.1.new`;
  await using aside = await open(unfinished, 'w', 0o600);
  let position = size - maxSizeBytes;
  for (const block = Buffer.alloc(BLOCK_BYTES); position < size + maxSizeBytes; ) {
    const { bytesRead } = await log.read(block, 0, block.length, position);
    if (bytesRead === 0) break;
    await aside.write(block, 0, bytesRead);
    position += bytesRead;
  }
  await log.truncate(0);
  await rename(unfinished, `${path}.1`);
}
