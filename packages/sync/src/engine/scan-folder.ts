import { describeFailure } from '../model/failure.ts';
import { collidingNames, isPlainName, nameProblem, type Place, placeIn } from '../model/local-path.ts';
import type { LocalStat } from '../model/local-stat.ts';
import type { FileSystem, ListedEntry } from './environment.ts';
import type { Room } from './room.ts';
import type { Candidate, Selection } from './selection.ts';
import type { FileProblem, Skipped } from './sync-event.ts';

export interface ScannedFile extends Place {
  readonly stat: LocalStat;
}

/** Told what a scan finds, as it finds it. */
export interface ScanVisitor {
  readonly onFile: (file: ScannedFile) => void;
  readonly onSkipped: (localPath: string, skipped: Skipped) => void;
  readonly onProblem: (problem: FileProblem) => void;
}

export interface ScanOptions {
  readonly folder: Place;
  /** False: this folder only. */
  readonly isRecursive: boolean;
  readonly selection: Pick<Selection, 'leavesOut' | 'refresh'>;
  readonly signal: AbortSignal;
  /** Waited for before each batch of a folder's entries: there is room for what they may give to do. */
  readonly waitForRoom: Room['wait'];
}

/**
 * Walks a folder and tells the visitor of everything in it. Memory grows with the breadth of the tree, not
 * with its files. What can't be read is told as a problem and the rest goes on; rejects only when the folder
 * itself can't be listed.
 */
export async function scanFolder(
  files: FileSystem,
  visitor: ScanVisitor,
  options: ScanOptions,
): Promise<void> {
  const pending: Place[] = [options.folder];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    options.signal.throwIfAborted();
    try {
      const found = await scanOne(files, visitor, { ...options, folder });
      if (options.isRecursive) for (const each of found) pending.push(each);
    } catch (error) {
      if (options.signal.aborted || folder === options.folder) throw error;
      const failure = describeFailure(error);
      // A folder that is gone by now has nothing to upload.
      if (failure.code === 'ENOENT' || failure.code === 'ENOTDIR') continue;
      visitor.onProblem({ localPath: folder.localPath, ...failure });
    }
  }
}

/** Visits the files of one folder and returns its folders. */
async function scanOne(files: FileSystem, visitor: ScanVisitor, options: ScanOptions): Promise<Place[]> {
  const folders: Place[] = [];
  // First: they say what of the rest is wanted.
  await options.selection.refresh(options.folder.localPath);
  // Names that may have a twin wait until all names are known.
  const unsure: ListedEntry[] = [];
  const visit = (entry: ListedEntry) => {
    const folder = visitEntry(visitor, options, entry);
    if (folder !== null) folders.push(folder);
  };
  for await (const batch of files.list(options.folder.localPath, options.signal)) {
    await options.waitForRoom();
    options.signal.throwIfAborted();
    for (const entry of batch) {
      // Names that can't be read can't be compared either: several may look the same here.
      if (isPlainName(entry.name) || entry.kind === 'unreadable') visit(entry);
      else unsure.push(entry);
    }
  }
  const colliding = collidingNames(unsure.map(({ name }) => name));
  for (const entry of unsure) {
    if (colliding.has(entry.name)) visitor.onProblem(collisionOf(placeIn(options.folder, entry.name)));
    else visit(entry);
  }
  return folders;
}

function collisionOf(place: Place): FileProblem {
  return {
    localPath: place.localPath,
    code: 'name_collision',
    message: 'another name in this folder differs only in its Unicode form: rename one of them',
  };
}

/** Visits one entry; the place to go on with when it is a folder. */
export function visitEntry(
  visitor: ScanVisitor,
  { folder, selection }: Pick<ScanOptions, 'folder'> & { readonly selection: Pick<Selection, 'leavesOut'> },
  entry: ListedEntry,
): Place | null {
  const place = placeIn(folder, entry.name);
  const { localPath } = place;
  const leftOut = selection.leavesOut(candidateOf(localPath, entry));
  if (leftOut !== null) {
    visitor.onSkipped(localPath, leftOut);
    return null;
  }
  if (entry.kind === 'symlink' || entry.kind === 'special') {
    visitor.onSkipped(localPath, { why: entry.kind });
    return null;
  }
  if (entry.kind === 'unreadable') {
    visitor.onProblem({ localPath, ...describeFailure(entry.error) });
    return null;
  }
  const problem = nameProblem(place);
  if (problem !== null) {
    visitor.onProblem({ localPath, code: 'invalid_name', message: problem });
    return null;
  }
  if (entry.kind !== 'file') return place;
  visitor.onFile({ ...place, stat: entry.stat });
  return null;
}

/** For git, a link is a file. */
export function candidateOf(localPath: string, entry: ListedEntry): Candidate {
  if (entry.kind === 'file') return { localPath, kind: 'file', sizeBytes: entry.stat.sizeBytes };
  return { localPath, kind: entry.kind === 'folder' ? 'folder' : 'file' };
}
