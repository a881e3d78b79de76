import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { isInstashareError } from '@instashare/client';
import type { FileDto } from '@instashare/contracts';
import { AppFailure } from '../shared/app-failure.ts';
import type { FoundToOpen } from '../shared/engine-procedures.ts';
import type { Account } from './account.ts';
import { HEAD_BYTES, looksLikeProgram, mayRunCode } from './may-run-code.ts';
import type { ServerFile } from './synced-folder.ts';

export interface OpenFileInput {
  readonly id: string;
  /** Where copies go: the app's own, private, and emptied when it starts and ends. */
  readonly folder: string;
}

/**
 * Finds what to give to the system's program for a file: the file in a folder of this device where it is there as the
 * server has it, else a verified copy that can only be read. What may run code is not even downloaded for that.
 */
export async function findToOpen(account: Account, { id, folder }: OpenFileInput): Promise<FoundToOpen> {
  const dto = await fetchFile(account, id);
  const file = dto ?? rowOf(account, id);
  const local = file === null ? null : await localCopyOf(account, file);
  if (local !== null) {
    const isRefused = mayRunCode(basename(local)) || looksLikeProgram(await readHead(local));
    return { state: 'local', path: local, mayRunCode: isRefused };
  }
  if (dto === null)
    throw new AppFailure({
      code: 'network',
      message: "The server can't be reached, and this file is in no folder of this computer",
    });
  if (mayRunCode(dto.path.slice(dto.path.lastIndexOf('/') + 1))) return { state: 'refused' };
  const path = await account.copies.get(dto, folder);
  return mayRunCode(basename(path)) || looksLikeProgram(await readHead(path))
    ? { state: 'refused' }
    : { state: 'copy', path };
}

/** null while the server is away. */
async function fetchFile({ client, server }: Account, id: string): Promise<FileDto | null> {
  if (server.failure !== null) return null;
  try {
    return await client.call((trpc) => trpc.files.get.query({ id }));
  } catch (error) {
    if (isInstashareError(error, 'network', 'unavailable', 'bad_response')) return null;
    throw error;
  }
}

/** As the list last had it. */
function rowOf({ files }: Account, id: string): ServerFile | null {
  const row = files.index.get(id);
  return row === undefined ? null : { ...row, sha256: null };
}

async function localCopyOf({ folders }: Account, file: ServerFile): Promise<string | null> {
  for (const folder of folders.running()) {
    const path = await folder.localCopyOf(file);
    if (path !== null) return path;
  }
  return null;
}

async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
  return buffer.subarray(0, bytesRead);
}
