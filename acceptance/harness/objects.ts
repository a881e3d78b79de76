/** The stored objects, as anybody can look at them who has the disk: the data folder and the stock `zstd`. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createZstdDecompress } from 'node:zlib';
import { makeTempFolder } from './temp-folder.ts';

/** Paths of all files that hold bytes of this user, unfinished ones too. */
export async function objectFiles(dataDir: string, userId: string): Promise<string[]> {
  const folder = join(dataDir, 'objects', userId);
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => join(folder, name));
}

/** How many bytes of this user are on the disk, those of unfinished uploads too. */
export async function objectBytes(dataDir: string, userId: string): Promise<number> {
  const sizes = (await objectFiles(dataDir, userId)).map(async (path) => (await stat(path)).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

export async function sha256OfFile(path: string): Promise<string> {
  return sha256Of(createReadStream(path, { highWaterMark: 1024 * 1024 }));
}

async function sha256Of(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytes, hash);
  return hash.digest('hex');
}

const BATCH = 200;

/**
 * The sha256 of what the stock `zstd -d` makes of each of these files. Rejects when it finds a fault. Where
 * there is no such program, the library that it is made of does it, as it comes with Node, and that is said.
 */
export async function sha256sOfRestored(paths: readonly string[]): Promise<string[]> {
  const sha256s: string[] = [];
  if (!(await isInstalled('zstd'))) {
    console.warn('there is no `zstd` on this machine: its library, as Node has it, restores the objects');
    for (const path of paths) {
      sha256s.push(await sha256Of(createReadStream(path).pipe(createZstdDecompress())));
    }
    return sha256s;
  }
  for (let at = 0; at < paths.length; at += BATCH) {
    await using folder = await makeTempFolder('restored');
    const batch = paths.slice(at, at + BATCH);
    // One run for many: starting a program for each would take longer than its work.
    await run('zstd', ['-dq', '--output-dir-flat', folder.path, '--', ...batch]);
    const names = await readdir(folder.path);
    if (names.length !== batch.length) throw new Error(`zstd restored ${names.length} of ${batch.length}`);
    for (const name of names) sha256s.push(await sha256OfFile(join(folder.path, name)));
  }
  return sha256s;
}

const run = promisify(execFile);

async function isInstalled(program: string): Promise<boolean> {
  return run(program, ['--version']).then(
    () => true,
    () => false,
  );
}
