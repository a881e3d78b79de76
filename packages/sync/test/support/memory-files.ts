import type { FileSystem, ListedEntry } from '../../src/engine/environment.ts';
import type { FakeClock } from './fake-clock.ts';
import { entryOf, type Node, newNode, openNode } from './memory-nodes.ts';

/** A folder in memory, with ways to be touched at the worst moments. */
export interface MemoryFiles extends FileSystem {
  /** Writes in place when the file is there. Folders on the way are made. */
  write(path: string, content: string | Buffer): void;
  append(path: string, content: string): void;
  /** Some program has it open for writing until it calls the function returned. */
  openForWriting(path: string): () => void;
  /** Only the times change. */
  touch(path: string): void;
  /** Changes the content behind the back of the stat, as a second write within one tick of a coarse clock does. */
  writeWithinTick(path: string, content: string): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  add(path: string, kind: 'symlink' | 'special'): void;
  /** A second name of the same file. */
  link(from: string, to: string): void;
  /** Gives a file another inode, such as one that was free again. */
  setInode(path: string, ino: bigint): void;
  inode(path: string): bigint;
  /** Moves something out of the folder; the function returned moves it back. */
  takeOut(path: string): () => void;
  /** Everything below a folder ('': all) is gone from sight, and on another device when it is back. */
  unmount(folder: string): void;
  mount(folder: string): void;
  /** Whoever opens or lists it, or looks for what is in it, is refused with this code. */
  refuse(path: string, code: string | null): void;
  /** Called when the file is read, before the bytes are taken. */
  onRead(path: string, hook: (() => void) | null): void;
  /** Listing a folder takes this long. */
  listTakes(ms: number): void;
  readonly opens: readonly string[];
  /** How often a folder was listed. */
  listed(): number;
  /** How often one place was looked at, or tried to be read whole. */
  looks(): number;
  contents(): Record<string, string>;
}

/** Of one folder, at once. */
const BATCH_ENTRIES = 64;
const NS_PER_MS = 1_000_000n;

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'open', path });
}

export function createMemoryFiles(clock: FakeClock): MemoryFiles {
  const nodes = new Map<string, Node>([['', newNode('folder', 1n, 0n)]]);
  const refused = new Map<string, string>();
  const readHooks = new Map<string, () => void>();
  const opens: string[] = [];
  let listed = 0;
  let listTakesMs = 0;
  let looks = 0;
  let inodes = 1n;
  let ticks = 0n;
  const unmounted = new Map<string, Map<string, Node>>();

  /** Never the same twice, as on a file system with fine times. */
  const nowNs = () => {
    ticks += 1n;
    return BigInt(clock.now().wallMs) * NS_PER_MS + ticks;
  };
  const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
  const makeFolders = (path: string) => {
    if (nodes.has(path)) return;
    makeFolders(parentOf(path));
    nodes.set(path, newNode('folder', (inodes += 1n), nowNs()));
  };
  const fileAt = (path: string): Node => {
    const node = nodes.get(path);
    if (node?.kind !== 'file') throw systemError('ENOENT', path);
    return node;
  };
  const put = (path: string, bytes: Buffer) => {
    const atNs = nowNs();
    const node = nodes.get(path);
    if (node === undefined) {
      makeFolders(parentOf(path));
      nodes.set(path, { ...newNode('file', (inodes += 1n), atNs), bytes });
    } else {
      Object.assign(node, { bytes, mtimeNs: atNs, ctimeNs: atNs });
    }
  };
  const throwIfRefused = (path: string) => {
    const code = refused.get(path);
    if (code !== undefined) throw systemError(code, path);
  };
  /** The way to a path leads over folders, each of which may be shut. */
  const throwIfCutOff = (path: string) => {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      const folder = path.slice(0, end);
      const node = nodes.get(folder);
      if (node === undefined) throw systemError('ENOENT', path);
      if (node.kind !== 'folder') throw systemError('ENOTDIR', path);
      throwIfRefused(folder);
    }
  };
  /** What is at a path, for one who wants to have what is in it. */
  const reach = (path: string): Node => {
    throwIfCutOff(path);
    throwIfRefused(path);
    const node = nodes.get(path);
    if (node === undefined) throw systemError('ENOENT', path);
    return node;
  };
  /** Its other names go on; that it has one less is a change of the file. */
  const unlink = (path: string) => {
    const node = nodes.get(path);
    if (node?.kind === 'file') node.ctimeNs = nowNs();
    nodes.delete(path);
  };

  return {
    opens,
    listed: () => listed,
    listTakes: (ms) => (listTakesMs = ms),
    looks: () => looks,
    async root() {
      await Promise.resolve();
      throwIfRefused('');
      const root = nodes.get('');
      if (root === undefined) throw systemError('ENOENT', '');
      return root;
    },
    link(from, to) {
      makeFolders(parentOf(to));
      const node = fileAt(from);
      node.ctimeNs = nowNs();
      nodes.set(to, node);
    },
    setInode(path, ino) {
      fileAt(path).ino = ino;
    },
    inode: (path) => fileAt(path).ino,
    takeOut(path) {
      const taken = [...nodes].filter(([each]) => each === path || each.startsWith(`${path}/`));
      for (const [each] of taken) nodes.delete(each);
      return () => {
        for (const [each, node] of taken) nodes.set(each, node);
        // It came as all that is moved does.
        const moved = nodes.get(path);
        if (moved !== undefined) moved.ctimeNs = nowNs();
      };
    },
    unmount(folder) {
      const below = new Map(
        [...nodes].filter(([path]) => path.startsWith(folder === '' ? '' : `${folder}/`)),
      );
      for (const path of below.keys()) nodes.delete(path);
      if (folder === '') nodes.set('', newNode('folder', (inodes += 1n), nowNs()));
      unmounted.set(folder, below);
    },
    mount(folder) {
      for (const [path, node] of unmounted.get(folder) ?? []) {
        nodes.set(path, folder === '' ? node : Object.assign(node, { dev: 2n }));
      }
      unmounted.delete(folder);
    },
    write: (path, content) => put(path, Buffer.from(content)),
    append: (path, content) => put(path, Buffer.concat([fileAt(path).bytes, Buffer.from(content)])),
    openForWriting(path) {
      const node = fileAt(path);
      node.writers += 1;
      return () => (node.writers -= 1);
    },
    touch(path) {
      Object.assign(fileAt(path), { mtimeNs: nowNs(), ctimeNs: nowNs() });
    },
    writeWithinTick(path, content) {
      fileAt(path).bytes = Buffer.from(content);
    },
    rename(from, to) {
      makeFolders(parentOf(to));
      if (to !== from) unlink(to);
      for (const [path, node] of nodes) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        nodes.delete(path);
        nodes.set(to + path.slice(from.length), node);
        if (path === from) node.ctimeNs = nowNs();
      }
    },
    remove(path) {
      for (const each of nodes.keys()) if (each === path || each.startsWith(`${path}/`)) unlink(each);
    },
    add(path, kind) {
      makeFolders(parentOf(path));
      nodes.set(path, newNode(kind, (inodes += 1n), nowNs()));
    },
    refuse(path, code) {
      if (code === null) refused.delete(path);
      else refused.set(path, code);
    },
    onRead(path, hook) {
      if (hook === null) readHooks.delete(path);
      else readHooks.set(path, hook);
    },
    contents: () =>
      Object.fromEntries(
        [...nodes].flatMap(([path, node]) => (node.kind === 'file' ? [[path, node.bytes.toString()]] : [])),
      ),
    async *list(folder) {
      listed += 1;
      await passed(clock, listTakesMs);
      if (reach(folder).kind !== 'folder') throw systemError('ENOTDIR', folder);
      const entries: ListedEntry[] = [];
      for (const [path, node] of nodes) {
        if (path === '' || parentOf(path) !== folder) continue;
        entries.push(entryOf(path, node));
      }
      for (let start = 0; start < entries.length; start += BATCH_ENTRIES) {
        yield entries.slice(start, start + BATCH_ENTRIES);
      }
    },
    async look(path) {
      looks += 1;
      await Promise.resolve();
      return nullIfGone(() => {
        throwIfCutOff(path);
        const node = nodes.get(path);
        return node === undefined ? null : entryOf(path, node);
      });
    },
    async readIfThere(path, mostBytes) {
      looks += 1;
      await Promise.resolve();
      return nullIfGone(() => {
        const node = reach(path);
        if (node.kind !== 'file') throw systemError('EISDIR', path);
        if (node.bytes.byteLength > mostBytes) throw systemError('EFBIG', path);
        return node.bytes;
      });
    },
    async open(path) {
      await Promise.resolve();
      opens.push(path);
      const node = reach(path);
      if (node.kind === 'symlink') throw systemError('ELOOP', path);
      return openNode(node, () => readHooks.get(path)?.());
    },
  };
}

function passed(clock: FakeClock, ms: number): Promise<void> {
  if (ms === 0) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  clock.after(ms, resolve);
  return promise;
}

/** null where an error says that there is nothing. */
function nullIfGone<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code)))
      return null;
    throw error;
  }
}
