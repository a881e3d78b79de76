/** Files that nobody here wrote, found on the machine: the system's documentation and installed packages. */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHECKOUT } from '../harness/environment.ts';

export interface RealFile {
  /** Below the folder that was built. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

interface Source {
  readonly name: string;
  readonly folder: string;
}

const SOURCES: readonly Source[] = [
  { name: 'doc', folder: '/usr/share/doc' },
  { name: 'node_modules', folder: join(CHECKOUT, 'node_modules') },
];
const LARGEST_SMALL_BYTES = 4 * 1024 * 1024;
const FREE_BYTES_NEEDED = 6 * 1024 ** 3;

/** Fails when the disk could not hold what the tests are about to write. */
export async function requireFreeSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= FREE_BYTES_NEEDED) return;
  const inGib = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
  throw new Error(
    `${folder} has ${inGib(freeBytes)} GiB free, and a file of more than 1 GiB, its stored forms and its ` +
      `download need ${inGib(FREE_BYTES_NEEDED)} GiB: free some, or set TMPDIR to a larger disk`,
  );
}

/** Copies up to `count` real files into `folder`, evenly chosen from all there are. */
export async function copyRealFiles(folder: string, count: number): Promise<RealFile[]> {
  const found: { source: Source; path: string }[] = [];
  for (const source of SOURCES) {
    for await (const path of walkRealFiles(source.folder)) found.push({ source, path });
  }
  const step = Math.max(1, found.length / count);
  const copied: RealFile[] = [];
  for (let at = 0; at < found.length && copied.length < count; at += step) {
    const chosen = found[Math.floor(at)];
    if (chosen === undefined) break;
    const bytes = await readFile(join(chosen.source.folder, chosen.path));
    const path = join(chosen.source.name, chosen.path);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    copied.push({ path, sizeBytes: bytes.length, sha256 });
  }
  return copied;
}

/** Paths of regular, readable files, in the order of their names, so that each run finds the same. */
export async function* walkRealFiles(
  root: string,
  largestBytes = LARGEST_SMALL_BYTES,
  below = '',
): AsyncGenerator<string> {
  const entries = await readdir(join(root, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '.cache') yield* walkRealFiles(root, largestBytes, path);
    } else if (entry.isFile() && path === path.normalize('NFC')) {
      const { size } = await stat(join(root, path));
      if (size <= largestBytes) yield path;
    }
  }
}

/**
 * One large file of real content: programs and libraries of installed packages, one after the other, and again
 * from another offset of each until it is large enough. No copy of a copy: it compresses like its parts do.
 */
export async function writeLargeFile(folder: string, path: string, sizeBytes: number): Promise<RealFile> {
  const sources: string[] = [];
  const root = join(CHECKOUT, 'node_modules');
  for await (const source of walkLarge(root)) sources.push(source);
  if (sources.length === 0) throw new Error(`${root} holds no large file to make one of`);
  const hash = createHash('sha256');
  await using target = await open(join(folder, path), 'w');
  let written = 0;
  for (let pass = 0; written < sizeBytes; pass += 1) {
    for (const source of sources) {
      if (written >= sizeBytes) break;
      for await (const chunk of bytesOf(source, pass * 7919)) {
        const rest = chunk.subarray(0, sizeBytes - written);
        hash.update(rest);
        await writeAll(target, rest);
        written += rest.length;
        if (written >= sizeBytes) break;
      }
    }
  }
  return { path, sizeBytes, sha256: hash.digest('hex') };
}

async function* walkLarge(root: string): AsyncGenerator<string> {
  const LARGE_BYTES = 512 * 1024;
  const entries = await readdir(root, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) yield* walkLarge(path);
    else if (entry.isFile() && (await stat(path)).size >= LARGE_BYTES) yield path;
  }
}

async function* bytesOf(path: string, offset: number): AsyncGenerator<Buffer> {
  await using file = await open(path);
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  let position = offset % size;
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}
