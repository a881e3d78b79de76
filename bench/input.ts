import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, cp, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copyRealFiles, writeLargeFile } from '../acceptance/real-tree/real-files.ts';
import type { Options } from './options.ts';

/** What is uploaded: two folders, so that each kind can be measured by itself. */
export interface Input {
  readonly name: 'many files' | 'one large file';
  readonly folder: string;
  readonly files: number;
  readonly sizeBytes: number;
}

const DEFAULT_FILES = 8_000;
const DEFAULT_BIG_BYTES = 1_300_000_000;

/** Copies or makes the input below `folder`. */
export async function prepareInput(folder: string, { tree, big }: Options): Promise<Input[]> {
  const [many, large] = [join(folder, 'many'), join(folder, 'large')];
  await mkdir(many);
  await mkdir(large);
  if (tree === null) await copyRealFiles(many, DEFAULT_FILES);
  else await cp(tree, many, { recursive: true, filter: isFileOrFolder });
  if (big === null) await writeLargeFile(large, 'large.bin', DEFAULT_BIG_BYTES);
  else await copyFile(big, join(large, 'large.bin'));
  return [
    { name: 'many files', folder: many, ...(await measure(many)) },
    { name: 'one large file', folder: large, ...(await measure(large)) },
  ];
}

async function isFileOrFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true || found?.isDirectory() === true;
}

export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

export async function measure(folder: string): Promise<{ files: number; sizeBytes: number }> {
  const sizes = (await listFiles(folder)).map(async (path) => (await stat(path)).size);
  const all = await Promise.all(sizes);
  return { files: all.length, sizeBytes: all.reduce((sum, size) => sum + size, 0) };
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
