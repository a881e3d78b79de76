import type { UploadOutcome } from '@instashare/client/node';
import type { ErrorCode } from '@instashare/contracts';
import type { FileAtVersion, FileMove } from '../../src/engine/environment.ts';

interface StoredFile {
  readonly id: string;
  path: string;
  content: string;
  sha256: string;
  version: number;
  /** By the wall clock: when it got this version, or this path. */
  updatedAtMs: number;
}

/** The files of a server in memory: what stands where, in which version, and what is in the trash. */
export interface MemoryStore {
  /** Every version that was made, in order, as `path=content`; the same content again makes none. */
  readonly versions: readonly string[];
  current(): Record<string, string>;
  /** Contents by the path that they had. */
  trash(): Record<string, string>;
  /** Of the file at a path; undefined when there is none. */
  idAt(path: string): string | undefined;
  at(path: string): Readonly<StoredFile> | undefined;
  content(sha256: string): string | undefined;
  put(path: string, content: string, sha256: string): UploadOutcome['file'];
  /** Like the server: all at once, each refused by itself. */
  move(moves: readonly FileMove[]): (ErrorCode | null)[];
  remove(files: readonly FileAtVersion[]): (ErrorCode | null)[];
  damage(path: string): void;
  damaged(): readonly { readonly path: string; readonly sha256: string }[];
}

export function createMemoryStore(now: () => number): MemoryStore {
  const versions: string[] = [];
  const files = new Map<string, StoredFile>();
  const contents = new Map<string, string>();
  const damaged = new Map<string, string>();
  const trash = new Map<string, string>();
  let made = 0;

  /** Those in the trash as well: they are found by their id, and are not where they were. */
  const ids = new Map<string, StoredFile>();
  const byId = (id: string) => {
    const file = ids.get(id);
    return file !== undefined && files.get(file.path) === file ? file : undefined;
  };

  function refusalOf({ id, ifPath, ifVersion }: FileAtVersion, path = ifPath): ErrorCode | null {
    const file = byId(id);
    if (file === undefined) return 'file_not_found';
    const isThere = file.path === ifPath || file.path === path;
    return isThere && file.version === ifVersion ? null : 'version_mismatch';
  }

  return {
    versions,
    current: () => Object.fromEntries([...files].map(([path, { content }]) => [path, content])),
    trash: () => Object.fromEntries(trash),
    idAt: (path) => files.get(path)?.id,
    at: (path) => files.get(path),
    content: (sha256) => contents.get(sha256),
    put(path, content, sha256) {
      const before = files.get(path);
      // What failed is no content: sent again it is a version of its own.
      const isNew = before?.sha256 !== sha256 || damaged.delete(path);
      const version = (before?.version ?? 0) + (isNew ? 1 : 0);
      const updatedAtMs = isNew ? now() : (before?.updatedAtMs ?? now());
      const file = { id: before?.id ?? `file-${(made += 1)}`, path, content, sha256, version, updatedAtMs };
      files.set(path, file);
      ids.set(file.id, file);
      contents.set(sha256, content);
      if (isNew) versions.push(`${path}=${content}`);
      return toDto(file);
    },
    move(moves) {
      const refusals = moves.map((move) => refusalOf(move, move.path));
      for (let before = -1; before !== refusals.filter((refusal) => refusal !== null).length; ) {
        before = refusals.filter((refusal) => refusal !== null).length;
        const left = new Set(
          moves.flatMap(({ id }, index) => (refusals[index] === null ? [byId(id)?.path] : [])),
        );
        for (const [index, { path }] of moves.entries()) {
          if (refusals[index] === null && files.has(path) && !left.has(path)) refusals[index] = 'path_taken';
        }
      }
      const moving = moves.flatMap(({ id, path }, index) => {
        const file = refusals[index] === null ? byId(id) : undefined;
        return file === undefined ? [] : [{ file, path }];
      });
      for (const { file } of moving) files.delete(file.path);
      for (const { file, path } of moving) files.set(path, Object.assign(file, { path, updatedAtMs: now() }));
      return refusals;
    },
    remove(wanted) {
      const refusals = wanted.map((file) => refusalOf(file));
      for (const [index, { id }] of wanted.entries()) {
        const file = refusals[index] === null ? byId(id) : undefined;
        if (file === undefined) continue;
        files.delete(file.path);
        trash.set(file.path, file.content);
      }
      return refusals;
    },
    damage(path) {
      const file = files.get(path);
      if (file === undefined) throw new Error('there is no such file');
      damaged.set(path, file.sha256);
      contents.delete(file.sha256);
    },
    damaged: () => [...damaged].map(([path, sha256]) => ({ path, sha256 })),
  };
}

function toDto({ id, path, content, sha256, version }: StoredFile): UploadOutcome['file'] {
  const time = '2026-01-01T00:00:00.000Z';
  return {
    id,
    path,
    sizeBytes: Buffer.byteLength(content),
    sha256,
    contentType: 'application/octet-stream',
    status: 'stored',
    failure: null,
    encoding: 'identity',
    storedBytes: 0,
    version,
    modifiedAt: null,
    createdAt: time,
    updatedAt: time,
  };
}
