/** The stored objects, as anybody can look at them who has the disk: the data folder and the stock `zstd`. */
import { execFile } from 'node:child_process';
import { createHash, hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
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
  const sha256 = createHash('sha256');
  await pipeline(bytes, sha256);
  return sha256.digest('hex');
}

const BATCH = 200;

/**
 * The sha256 of every content that the stock `zstd -d` makes of these files: of each as a whole, and, since small
 * contents share an object, of the parts that its seek table tells. Rejects when zstd finds a fault. Where there is
 * no such program, the library that it is made of does it, as it comes with Node, and that is said.
 */
export async function sha256sOfRestored(paths: readonly string[]): Promise<Set<string>> {
  const sha256s = new Set<string>();
  if (!(await isInstalled('zstd'))) {
    console.warn('there is no `zstd` on this machine: its library, as Node has it, restores the objects');
    await using folder = await makeTempFolder('restored');
    const restored = join(folder.path, 'restored');
    for (const path of paths) {
      await pipeline(createReadStream(path), createZstdDecompress(), createWriteStream(restored));
      for (const sha256 of await sha256sOfContents(path, restored)) sha256s.add(sha256);
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
    for (const path of batch) {
      const restored = join(folder.path, basename(path, '.zst'));
      for (const sha256 of await sha256sOfContents(path, restored)) sha256s.add(sha256);
    }
  }
  return sha256s;
}

/** Larger objects hold one content each. */
const MOST_SHARED_BYTES = 64 * 1024 * 1024;
const FOOTER_BYTES = 9;
const CHECKSUM_FLAG = 0x80;
const SEEKABLE_MAGIC = 0x8f92eab1;

async function sha256sOfContents(path: string, restored: string): Promise<string[]> {
  const whole = await sha256OfFile(restored);
  if ((await stat(restored)).size > MOST_SHARED_BYTES) return [whole];
  const [object, contents] = [await readFile(path), await readFile(restored)];
  // The end of the zstd seekable format: entries of stored and content size (and a checksum), their number, flags, the
  // magic.
  if (object.length < FOOTER_BYTES || object.readUInt32LE(object.length - 4) !== SEEKABLE_MAGIC)
    return [whole];
  const frames = object.readUInt32LE(object.length - FOOTER_BYTES);
  const entryBytes = (object.readUInt8(object.length - 5) & CHECKSUM_FLAG) === 0 ? 8 : 12;
  const table = object.subarray(-FOOTER_BYTES - frames * entryBytes, -FOOTER_BYTES);
  let position = 0;
  const parts = Array.from({ length: frames }, (_, index) => {
    const start = position;
    position += table.readUInt32LE(index * entryBytes + 4);
    return hash('sha256', contents.subarray(start, position), 'hex');
  });
  return [whole, ...parts];
}

const run = promisify(execFile);

async function isInstalled(program: string): Promise<boolean> {
  return run(program, ['--version']).then(
    () => true,
    () => false,
  );
}
