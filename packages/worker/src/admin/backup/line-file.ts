import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { BackupPart } from './manifest.ts';

const LINES_AT_ONCE = 500;

/** Writes lines to a new file, durably, and says what it became. */
export async function writeLines(
  path: string,
  pieces: AsyncIterable<readonly string[]>,
  signal: AbortSignal,
): Promise<BackupPart> {
  await using file = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let lines = 0;
  let sizeBytes = 0;
  for await (const piece of pieces) {
    signal.throwIfAborted();
    if (piece.length === 0) continue;
    const bytes = Buffer.from(`${piece.join('\n')}\n`);
    hash.update(bytes);
    await writeWhole(file, bytes);
    lines += piece.length;
    sizeBytes += bytes.length;
  }
  await file.sync();
  return { lines, sizeBytes, sha256: hash.digest('hex') };
}

async function writeWhole(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await file.write(bytes, written)).bytesWritten;
}

/** The lines of a file, in pieces. */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  await using file = await open(path);
  let piece: string[] = [];
  for await (const line of file.readLines({ autoClose: false })) {
    piece.push(line);
    if (piece.length < LINES_AT_ONCE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

/** Whether a file is, byte for byte, what was written. */
export async function isIntact(path: string, part: BackupPart): Promise<boolean> {
  try {
    await using file = await open(path);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    return sizeBytes === part.sizeBytes && hash.digest('hex') === part.sha256;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
