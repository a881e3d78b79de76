import {
  type BigIntStats,
  closeSync,
  constants,
  type Dir,
  type Dirent,
  fstatSync,
  lstatSync,
  open,
  openSync,
  read,
  readdirSync,
  readSync,
  type Stats,
} from 'node:fs';
import { lstat, opendir, open as openHandle, stat as statOf } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EntryKind, FileSystem, ListedEntry, OpenFile, SeenEntry } from '../engine/environment.ts';
import type { LocalStat } from '../model/local-stat.ts';
import { createDiskPace, type DiskPace } from './disk-pace.ts';
import { createExactNames, type ExactNames } from './exact-names.ts';
import { createOpenForWriting, type OpenForWriting } from './open-for-writing.ts';

/** Stats asked for at once: enough to keep the thread pool busy. */
const STATS_AT_ONCE = 64;
/** Names that the system is asked for at once. */
const NAMES_AT_ONCE = 1024;
/** Some ten thousand names. */
const SMALL_FOLDER_BYTES = 1024 * 1024;
/** Of more the disk brings while others are worked on. */
const READ_AT_ONCE_BYTES = 256 * 1024;

/** Neither follows a link nor waits for a writer, should the file have become a link or a pipe meanwhile. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const openDescriptor = promisify(open);

/** What Node puts where a name is not UTF-8. */
const REPLACEMENT = '\uFFFD';

export interface NodeFileSystemOptions {
  /** A folder whose own size is at most this holds so few names that they are had all at once. */
  readonly smallFolderBytes?: number;
  /** A folder, as an absolute path, is listed right after this. */
  readonly onListing?: (folder: string, stat: Stats) => void;
}

/** The folder `root` and what is below it, read only. */
export function createNodeFileSystem(root: string, options: NodeFileSystemOptions = {}): FileSystem {
  const { smallFolderBytes = SMALL_FOLDER_BYTES, onListing = () => {} } = options;
  const pace = createDiskPace({ nowMs: () => performance.now(), nextTurn: () => setImmediate() });
  const exactNames = createExactNames(root);
  const openForWriting = createOpenForWriting(root);
  return {
    async root() {
      const stat = await statOf(root, { bigint: true });
      if (!stat.isDirectory()) throw codedError('ENOTDIR', 'is no folder any more');
      return { dev: stat.dev, ino: stat.ino, birthNs: stat.birthtimeNs };
    },
    async *list(folder, signal) {
      const path = join(root, folder);
      for await (const names of listNames(path, {
        pace,
        smallFolderBytes,
        onListing,
        isRoot: folder === '',
      })) {
        signal.throwIfAborted();
        const batch = await Promise.all(names.map((entry) => describe(path, entry, pace)));
        yield batch.filter((entry) => entry !== null);
      }
    },
    look: (path) => look(root, path, exactNames),
    readIfThere: (path, mostBytes) => readIfThere(join(root, path), mostBytes, pace),
    async open(path) {
      const absolute = join(root, path);
      const descriptor = await pace.run(
        () => openSync(absolute, OPEN_FLAGS),
        () => openDescriptor(absolute, OPEN_FLAGS),
      );
      return openFile(descriptor, pace, openForWriting);
    },
  };
}

async function readIfThere(path: string, mostBytes: number, pace: DiskPace): Promise<Uint8Array | null> {
  try {
    // Nearly everywhere there is none, which this tells for a fraction of what an error costs.
    const stat = await pace.run(
      () => lstatSync(path, { throwIfNoEntry: false }),
      () => lstat(path),
    );
    if (stat === undefined) return null;
    if (!stat.isFile()) throw codedError('EISDIR', 'it is no file, and links are not followed');
    await using file = await openHandle(path, OPEN_FLAGS);
    const { size } = await file.stat();
    if (size > mostBytes) throw codedError('EFBIG', `it has more than ${mostBytes} bytes`);
    return await file.readFile();
  } catch (error) {
    if (error instanceof Error && isGone(error)) return null;
    throw error;
  }
}

interface ListOptions extends Required<NodeFileSystemOptions> {
  readonly pace: DiskPace;
  readonly isRoot: boolean;
}

/** The names in a folder, in batches. Not all at once, but where they are few: a single folder may hold millions. */
async function* listNames(path: string, options: ListOptions): AsyncGenerator<readonly Dirent[]> {
  const { pace, smallFolderBytes, isRoot, onListing } = options;
  const begin = (stat: Stats) => {
    // It may have become a link since it was found: that may lead anywhere, and in circles.
    if (!isRoot && !stat.isDirectory()) throw codedError('ENOTDIR', 'it is no folder any more');
    onListing(path, stat);
  };
  const all = await pace.run(
    () => {
      const stat = lstatSync(path);
      begin(stat);
      return isSmall(stat.size, smallFolderBytes) ? readdirSync(path, { withFileTypes: true }) : null;
    },
    async () => {
      begin(await lstat(path));
      return null;
    },
  );
  if (all === null) {
    yield* streamNames(path);
    return;
  }
  for (let start = 0; start < all.length; start += STATS_AT_ONCE)
    yield all.slice(start, start + STATS_AT_ONCE);
}

/** Windows does not tell the size of a folder. */
const isSmall = (sizeBytes: number, smallFolderBytes: number): boolean =>
  process.platform !== 'win32' && sizeBytes <= smallFolderBytes;

async function* streamNames(path: string): AsyncGenerator<readonly Dirent[]> {
  const folder = await opendir(path, { bufferSize: NAMES_AT_ONCE });
  // Not by `await using`: folders can be disposed of since Node 24 only, and an older Electron has Node 20.
  try {
    for (let names = await readSome(folder); names.length > 0; names = await readSome(folder)) yield names;
  } finally {
    await folder.close();
  }
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

/** By descriptors, not by Node's `FileHandle`s: for thousands of small files a third of the CPU time. */
function openFile(descriptor: number, pace: DiskPace, openForWriting: OpenForWriting): OpenFile {
  const readInPool = (target: Uint8Array, position: number): Promise<number> =>
    new Promise((resolve, reject) => {
      read(descriptor, target, 0, target.byteLength, position, (error, bytesRead) => {
        if (error === null) resolve(bytesRead);
        else reject(error);
      });
    });
  return {
    async stat() {
      const stat = fstatSync(descriptor, { bigint: true });
      return stat.isFile() ? toLocalStat(stat) : null;
    },
    read(target, position) {
      if (target.byteLength > READ_AT_ONCE_BYTES) return readInPool(target, position);
      return pace.run(
        () => readSync(descriptor, target, 0, target.byteLength, position),
        () => readInPool(target, position),
      );
    },
    isOpenForWriting: () => openForWriting.has(descriptor),
    async [Symbol.asyncDispose]() {
      closeSync(descriptor);
    },
  };
}

async function describe(folder: string, entry: Dirent, pace: DiskPace): Promise<ListedEntry | null> {
  const { name } = entry;
  // A name that may not be the real one is tried: listing the folder by it would find nothing.
  if (entry.isDirectory() && !name.includes(REPLACEMENT)) return { name, kind: 'folder' };
  if (entry.isSymbolicLink()) return { name, kind: 'symlink' };
  const path = join(folder, name);
  try {
    // Some file systems do not tell the kind with the name, so the stat decides.
    const stat = await pace.run(
      () => lstatSync(path, { bigint: true }),
      () => lstat(path, { bigint: true }),
    );
    return toEntry(name, stat);
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

async function look(root: string, path: string, exactNames: ExactNames): Promise<SeenEntry | null> {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  try {
    let folder = root;
    for (const part of parts) {
      folder = join(folder, part);
      if (!(await lstat(folder)).isDirectory()) return null;
    }
    const stat = await lstat(join(folder, name), { bigint: true });
    return (await exactNames.has(path, stat.dev)) ? toEntry(name, stat) : null;
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

function toLocalStat({ dev, ino, size, mtimeNs, ctimeNs, birthtimeNs }: BigIntStats): LocalStat {
  return { dev, ino, sizeBytes: Number(size), mtimeNs, ctimeNs, birthNs: birthtimeNs };
}

function isGone(error: Error): boolean {
  return 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function codedError(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
