import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { DiskRoom } from '@instashare/backend/storage';
import type { BackupPart } from './manifest.ts';

/** Writes lines to a new file, durably and as long as there is room, and says what it became. */
export async function writeLines(
  path: string,
  pieces: AsyncIterable<readonly string[]>,
  { room, signal }: { readonly room: DiskRoom; readonly signal: AbortSignal },
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
    await room.require(bytes.length);
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

/**
 * The lines of a file, in pieces. Only a line feed ends one: Node's own way ends them at U+2028 and U+2029 as well,
 * which JSON leaves as they are within a text.
 */
export async function* readLines(path: string): AsyncGenerator<readonly string[]> {
  let rest = '';
  for await (const chunk of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
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
