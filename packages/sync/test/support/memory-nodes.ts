import type { EntryKind, OpenFile, SeenEntry } from '../../src/engine/environment.ts';
import type { LocalStat } from '../../src/model/local-stat.ts';

/** Something in a folder in memory, whatever its names. */
export interface Node {
  readonly kind: EntryKind;
  ino: bigint;
  dev: bigint;
  readonly birthNs: bigint;
  bytes: Buffer;
  mtimeNs: bigint;
  ctimeNs: bigint;
  /** So many programs have it open for writing. */
  writers: number;
}

export function newNode(kind: EntryKind, ino: bigint, atNs: bigint): Node {
  return {
    kind,
    ino,
    dev: 1n,
    birthNs: atNs,
    bytes: Buffer.alloc(0),
    mtimeNs: atNs,
    ctimeNs: atNs,
    writers: 0,
  };
}

function statOf({ dev, ino, birthNs, bytes, mtimeNs, ctimeNs }: Node): LocalStat {
  return { dev, ino, birthNs, sizeBytes: bytes.byteLength, mtimeNs, ctimeNs };
}

export function entryOf(path: string, node: Node): SeenEntry {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return node.kind === 'file' ? { name, kind: 'file', stat: statOf(node) } : { name, kind: node.kind };
}

/** An open file is its inode: it stays readable under any name, and without one. */
export function openNode(node: Node, onRead: () => void): OpenFile {
  return {
    stat: () => Promise.resolve(node.kind === 'file' ? statOf(node) : null),
    read(target, position) {
      onRead();
      return Promise.resolve(node.bytes.subarray(position).copy(target));
    },
    isOpenForWriting: () => Promise.resolve(node.writers > 0),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
