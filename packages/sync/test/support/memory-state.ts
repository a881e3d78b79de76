import type { StateStore } from '../../src/engine/environment.ts';
import type { Intent, KnownFile, OpenUpload } from '../../src/model/known-file.ts';
import type { KnownRoot } from '../../src/model/known-root.ts';
import { isNotedAs } from '../../src/model/plan.ts';

/** The state in memory: like the real one, it survives the engine, not the test. */
export function createMemoryState(): StateStore {
  const known = new Map<string, KnownFile>();
  let isPaused = false;
  /** Paths that a file of this inode was known at; some may be so no more. */
  const pathsOf = new Map<bigint, Set<string>>();
  const uploads = new Map<string, OpenUpload>();
  const intents = new Map<number, readonly Intent[]>();
  let root: KnownRoot | undefined;
  return {
    together: (write) => write(),
    known: (path) => known.get(path),
    isNotedAs: (file) => isNotedAs(file, known.get(file.path)),
    putKnown: (file) => {
      known.set(file.path, file);
      const paths = pathsOf.get(file.ino) ?? new Set();
      pathsOf.set(file.ino, paths.add(file.path));
    },
    forgetKnown: (path) => {
      known.delete(path);
    },
    knowsSize: (sizeBytes) =>
      sizeBytes > 1_048_576 && [...known.values()].some((file) => file.sizeBytes === sizeBytes),
    knowsContent: (sha256) => [...known.values()].some((file) => file.sha256 === sha256),
    knownByInode: (ino) =>
      [...(pathsOf.get(ino) ?? [])]
        .flatMap((path) => known.get(path) ?? [])
        .filter((file) => file.ino === ino),
    knownPaths: ({ below, after, limit }) =>
      [...known.keys()]
        .filter((path) => (below === '' || path.startsWith(`${below}/`)) && (after === null || path > after))
        .toSorted()
        .slice(0, limit),
    root: () => root,
    putRoot: (next) => {
      root = next;
    },
    totals: () => ({
      files: known.size,
      sizeBytes: [...known.values()].reduce((sum, file) => sum + file.sizeBytes, 0),
    }),
    openUpload: (path) => uploads.get(path),
    openUploads: () => [...uploads.values()],
    putOpenUpload: (upload) => {
      uploads.set(upload.path, upload);
    },
    removeOpenUpload: (path) => {
      uploads.delete(path);
    },
    intents: () => [...intents].map(([id, files]) => ({ id, files })),
    putIntents: (id, files) => {
      intents.set(id, files);
    },
    removeIntents: (id) => {
      intents.delete(id);
    },
    isPaused: () => isPaused,
    setPaused: (value) => (isPaused = value),
    [Symbol.dispose]: () => {},
  };
}
