import {
  type BigIntStats,
  closeSync,
  constants,
  type Dir,
  type Dirent,
  fstatSync,
  open,
  read,
} from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EntryKind, FileSystem, ListedEntry, OpenFile, SeenEntry } from '../engine/environment.ts';
import type { LocalStat } from '../model/local-stat.ts';

/** Stats asked for at once: enough to keep the thread pool busy. */
const STATS_AT_ONCE = 64;
/** Names that the system is asked for at once. */
const NAMES_AT_ONCE = 1024;

/** Neither follows a link nor waits for a writer, should the file have become a link or a pipe meanwhile. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const openDescriptor = promisify(open);

/** What Node puts where a name is not UTF-8. */
const REPLACEMENT = '\uFFFD';

/** The folder `root` and what is below it, read only. */
export function createNodeFileSystem(root: string): FileSystem {
  return {
    async *list(folder, signal) {
      const path = join(root, folder);
      // Not all at once: a single folder may hold millions.
      await using entries = await opendir(path, { bufferSize: NAMES_AT_ONCE });
      for (;;) {
        signal.throwIfAborted();
        const names = await readSome(entries);
        if (names.length === 0) return;
        const batch = await Promise.all(names.map((entry) => describe(path, entry)));
        yield batch.filter((entry) => entry !== null);
      }
    },
    look: (path) => look(root, path),
    async open(path) {
      return openFile(await openDescriptor(join(root, path), OPEN_FLAGS));
    },
  };
}

async function readSome(folder: Dir): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  while (entries.length < STATS_AT_ONCE) {
    const entry = await folder.read();
    if (entry === null) break;
    entries.push(entry);
  }
  return entries;
}

/**
 * By descriptors, not by Node's `FileHandle`s, and with the calls that need no disk made at once: for thousands
 * of small files a third of the CPU time. What may have to wait for the disk, opening and reading, does not hold
 * up the program.
 */
function openFile(descriptor: number): OpenFile {
  return {
    async stat() {
      const stat = fstatSync(descriptor, { bigint: true });
      return stat.isFile() ? toLocalStat(stat) : null;
    },
    read: (target, position) =>
      new Promise((resolve, reject) => {
        read(descriptor, target, 0, target.byteLength, position, (error, bytesRead) => {
          if (error === null) resolve(bytesRead);
          else reject(error);
        });
      }),
    async [Symbol.asyncDispose]() {
      closeSync(descriptor);
    },
  };
}

async function describe(folder: string, entry: Dirent): Promise<ListedEntry | null> {
  const { name } = entry;
  // A name that may not be the real one is tried: listing the folder by it would find nothing.
  if (entry.isDirectory() && !name.includes(REPLACEMENT)) return { name, kind: 'folder' };
  if (entry.isSymbolicLink()) return { name, kind: 'symlink' };
  try {
    // Some file systems do not tell the kind with the name, so the stat decides.
    return toEntry(name, await lstat(join(folder, name), { bigint: true }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (!isGone(error)) return { name, kind: 'unreadable', error };
    // Gone since it was listed; or never reachable by this name, which is not its real one.
    const message = 'the name is not valid UTF-8: rename it';
    return name.includes(REPLACEMENT)
      ? { name, kind: 'unreadable', error: codedError('invalid_name', message) }
      : null;
  }
}

async function look(root: string, path: string): Promise<SeenEntry | null> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  try {
    let folder = root;
    for (const part of parts) {
      folder = join(folder, part);
      if (!(await lstat(folder)).isDirectory()) return null;
    }
    return toEntry(name, await lstat(join(folder, name), { bigint: true }));
  } catch (error) {
    if (error instanceof Error && isGone(error)) return null;
    throw error;
  }
}

function toEntry(name: string, stat: BigIntStats): SeenEntry {
  const kind = kindOf(stat);
  return kind === 'file' ? { name, kind, stat: toLocalStat(stat) } : { name, kind };
}

function kindOf(stat: BigIntStats): EntryKind {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'folder';
  return stat.isSymbolicLink() ? 'symlink' : 'special';
}

function toLocalStat({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): LocalStat {
  return { dev, ino, sizeBytes: Number(size), mtimeNs, ctimeNs };
}

function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
