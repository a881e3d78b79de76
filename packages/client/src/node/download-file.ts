import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileDto } from '@instashare/contracts';
import type { DownloadDependencies } from '../download/open-content.ts';
import { InstashareError, isInstashareError } from '../errors/instashare-error.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import { readContent } from './read-content.ts';
import { createSha256 } from './sha256.ts';

export interface DownloadFileOptions {
  readonly file: Pick<FileDto, 'id' | 'sha256' | 'sizeBytes' | 'modifiedAt'>;
  /** Of the file, by its number, when it is not the current one that is wanted, or may not be by now. */
  readonly version?: number | undefined;
  /** The file to make. */
  readonly to: string;
  /** Replaces a file that is there; otherwise that is `target_exists`. */
  readonly overwrite?: boolean | undefined;
  /** Told how many bytes of the file are here, those of an earlier try included. */
  readonly onProgress?: ((bytes: number) => void) | undefined;
  readonly retry?: RetryPolicy | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DownloadFileOutcome {
  readonly path: string;
  readonly sizeBytes: number;
  /** Bytes that an earlier try had brought. */
  readonly resumedBytes: number;
}

const READ_BYTES = 1024 * 1024;

/**
 * Downloads into a hidden file beside the target, and gives it the target's name when it is whole, its sha256
 * is right and it is on disk. Cut short, the hidden file stays, and the next try goes on where it ends.
 */
export async function downloadFile(
  deps: DownloadDependencies,
  options: DownloadFileOptions,
): Promise<DownloadFileOutcome> {
  const { file, to, overwrite = false } = options;
  if (!overwrite) await requireAbsent(to);
  const partPath = partPathOf(to, file.sha256);
  const resumedBytes = await receiveSound(deps, options, partPath);
  await moveIntoPlace(partPath, to, overwrite);
  return { path: to, sizeBytes: file.sizeBytes, resumedBytes };
}

/** Receives, and begins anew once when what an earlier try left turns out to be damaged. */
async function receiveSound(
  deps: DownloadDependencies,
  options: DownloadFileOptions,
  partPath: string,
): Promise<number> {
  let resumed = 0;
  const onResume = (bytes: number) => (resumed = bytes);
  try {
    await receive(deps, { ...options, onResume }, partPath);
    return resumed;
  } catch (error) {
    if (!isInstashareError(error, 'checksum_mismatch', 'source_changed')) {
      await forgetEmpty(partPath);
      throw error;
    }
    // Damaged, or of a version that is gone: of no use to any later try.
    await unlink(partPath);
    if (resumed === 0 || error.code !== 'checksum_mismatch') throw error;
    return receiveSound(deps, options, partPath);
  }
}

/** What nothing came of leaves the folder as it was, if it can: the failure at hand is the one to tell. */
async function forgetEmpty(partPath: string): Promise<void> {
  try {
    const found = await lstat(partPath);
    if (found.isFile() && found.size === 0) await unlink(partPath);
  } catch {
    // It is not there, or nothing can be changed there.
  }
}

const targetExists = (to: string) =>
  new InstashareError('target_exists', `${to} exists: nothing was downloaded`);

async function requireAbsent(to: string): Promise<void> {
  const exists = await access(to, constants.F_OK).then(
    () => true,
    () => false,
  );
  if (exists) throw targetExists(to);
}

/** One name for one content at one target, so that a later try finds it and two targets do not share it. */
function partPathOf(to: string, sha256: string): string {
  const target = createHash('sha256').update(basename(to)).digest('hex');
  return join(dirname(to), `.instashare-${target.slice(0, 8)}-${sha256.slice(0, 32)}.part`);
}

type ReceiveOptions = DownloadFileOptions & { readonly onResume: (bytes: number) => void };

async function receive(
  deps: DownloadDependencies,
  { file, version, onProgress, onResume, retry, signal }: ReceiveOptions,
  partPath: string,
): Promise<void> {
  const handle = await openPart(partPath);
  try {
    const after = await hashExisting(handle, file.sizeBytes);
    let bytes = after.bytes;
    onResume(bytes);
    onProgress?.(bytes);
    for await (const block of readContent(deps, { file, version, after, retry, signal })) {
      await writeAll(handle, block, bytes);
      bytes += block.byteLength;
      onProgress?.(bytes);
    }
    if (file.modifiedAt !== null) await handle.utimes(new Date(), new Date(file.modifiedAt));
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** Windows has no such flag. */
const PART_FLAGS = constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

/** What an earlier try left, or a new file: never one that somebody else has under another name. */
async function openPart(path: string): Promise<FileHandle> {
  const handle = await open(path, PART_FLAGS, 0o666);
  if ((await handle.stat()).nlink <= 1) return handle;
  // A crash came right after it got the name of the target: by now that is the person's file, and may be changed.
  await handle.close();
  await unlink(path);
  return open(path, PART_FLAGS | constants.O_EXCL, 0o666);
}

/** What an earlier try left, hashed so that the check at the end covers it too. */
async function hashExisting(handle: FileHandle, sizeBytes: number) {
  const { size } = await handle.stat();
  if (size > sizeBytes) await handle.truncate(0);
  const sha256 = createSha256();
  // Nearly always nothing: thousands of small files must not cost a buffer each.
  if (size === 0 || size > sizeBytes) return { bytes: 0, sha256 };
  const buffer = new Uint8Array(Math.min(READ_BYTES, size));
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.byteLength, bytes);
    if (bytesRead === 0) return { bytes, sha256 };
    sha256.update(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}

async function writeAll(handle: FileHandle, block: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < block.byteLength) {
    const rest = block.byteLength - written;
    written += (await handle.write(block, written, rest, position + written)).bytesWritten;
  }
}

async function moveIntoPlace(partPath: string, to: string, overwrite: boolean): Promise<void> {
  if (overwrite) {
    await rename(partPath, to);
    return;
  }
  try {
    // Unlike a rename, a link never replaces what came to be there meanwhile.
    await link(partPath, to);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw targetExists(to);
    // A file system without hard links.
    await requireAbsent(to);
    await rename(partPath, to);
    return;
  }
  await unlink(partPath);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
