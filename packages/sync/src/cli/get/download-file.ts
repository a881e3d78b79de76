import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { InstashareClient } from '@instashare/client/node';
import { isInstashareError } from '@instashare/client/node';
import type { FileDto } from '@instashare/contracts';
import { makeFolder } from '../../adapters/make-folder.ts';
import { CliError } from '../cli-error.ts';
import { printable } from '../format.ts';

/** A file of the server's, and where it goes. */
export interface FileToGet {
  /** On the server. */
  readonly path: string;
  readonly content: Pick<FileDto, 'id' | 'modifiedAt' | 'sha256' | 'sizeBytes' | 'version'>;
  /** The file to make. */
  readonly to: string;
  /** The folder it lies in is made when it is not there. */
  readonly makesFolder: boolean;
  /** Another path differs from this one in case only. */
  readonly hasTwin: boolean;
}

export interface DownloadFileOptions {
  readonly isForced: boolean;
  /** Told how many bytes of it are here. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export interface GotFile {
  /** It was here before, with this very content. */
  readonly wasHere: boolean;
  /** Bytes that an earlier try had brought. */
  readonly resumedBytes: number;
}

/** Downloads one file; one that is here already with the same content is left as it is. */
export async function downloadFile(
  client: InstashareClient,
  wanted: FileToGet,
  { isForced, onProgress, signal }: DownloadFileOptions,
): Promise<GotFile> {
  const { content: file, to } = wanted;
  if (await isHere(wanted)) {
    onProgress(file.sizeBytes);
    return { wasHere: true, resumedBytes: 0 };
  }
  if (wanted.makesFolder) await requireFolder(dirname(to));
  const { version } = file;
  try {
    const options = { file, version, to, overwrite: isForced, onProgress, signal };
    const { resumedBytes } = await client.downloadFile(options);
    return { wasHere: false, resumedBytes };
  } catch (error) {
    if (!isInstashareError(error, 'target_exists')) throw error;
    const message = `${printable(to)} exists: choose another name by -o, or replace it by --force`;
    throw new CliError(message, { code: error.code, cause: error });
  }
}

/** True when the very content is here. Rejects when what is here must not be replaced, whatever the person says. */
async function isHere({ content, path, to, hasTwin }: FileToGet): Promise<boolean> {
  const found = await stat(to).catch(() => null);
  if (found === null) return false;
  if (found.isDirectory()) {
    throw new CliError(`${printable(to)} is a folder here: choose another name by -o`, {
      code: 'target_exists',
    });
  }
  if (found.isFile() && found.size === content.sizeBytes && (await sha256Of(to)) === content.sha256)
    return true;
  // A disk that takes both for one name lists the one that came first.
  const isOther = hasTwin && !(await readdir(dirname(to))).some((name) => isSameName(name, basename(to)));
  if (!isOther) return false;
  const message = `${printable(path)} and another file are one name on this disk: get it by itself, with -o NAME`;
  throw new CliError(message, { code: 'name_collision' });
}

const isSameName = (one: string, other: string) => one.normalize('NFC') === other.normalize('NFC');

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  const blocks: AsyncIterable<Uint8Array> = createReadStream(path);
  for await (const block of blocks) hash.update(block);
  return hash.digest('hex');
}

async function requireFolder(path: string): Promise<void> {
  if (await makeFolder(path)) return;
  const message = `${printable(path)} can't be a folder here: a file is in the way`;
  throw new CliError(message, { code: 'target_exists' });
}
