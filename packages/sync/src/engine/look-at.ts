import { IGNORE_FILE } from '../model/ignore-file.ts';
import { ancestorsOf, isPlainName, nameOf, type Place, parentOf, placeOf } from '../model/local-path.ts';
import type { DiscoveryOptions } from './discovery.ts';
import type { SeenEntry } from './environment.ts';
import { knownPathsBelow } from './known-paths.ts';
import { candidateOf, type ScanOptions, type ScanVisitor, scanFolder, visitEntry } from './scan-folder.ts';
import type { Selection } from './selection.ts';
import { UnreadableFolderError } from './unreadable-folder-error.ts';
import { UnusableRulesError } from './unusable-rules-error.ts';
import type { Visitor } from './visitor.ts';

/** Looks at one place. True when more is to be looked at. Rejects when it, or a folder there, can't be read. */
export async function lookAt(
  options: DiscoveryOptions,
  visitor: Visitor,
  localPath: string,
): Promise<boolean> {
  const { selection } = options;
  const isOfRules = nameOf(localPath) === IGNORE_FILE;
  const leftOut = selection.leavesOutWithin({ localPath, kind: 'unknown' });
  // At no cost: there may be thousands. Rules that could not be read may be readable by now.
  if (leftOut !== null && leftOut.why !== 'unclear' && !isOfRules) return false;
  // What came before its folder's rules were read, or changed, must not slip through.
  const isNews = await refreshOnTheWay(selection, localPath);
  const isAll = await lookAtEntry(options, visitor, localPath);
  return isNews || !isAll;
}

/** Reads the rules of all folders on the way to a path, as far as that is followed. */
async function refreshOnTheWay(selection: Selection, localPath: string): Promise<boolean> {
  let isNews = await refresh(selection, '');
  for (const folder of ancestorsOf(localPath)) {
    if (selection.leavesOut({ localPath: folder, kind: 'folder' }) !== null) break;
    isNews = (await refresh(selection, folder)) || isNews;
  }
  return isNews;
}

/** What is wrong with a folder is said of it, and not of each thing in it. */
async function refresh(selection: Selection, folder: string): Promise<boolean> {
  try {
    return await selection.refresh(folder);
  } catch (error) {
    throw error instanceof UnusableRulesError ? error : new UnreadableFolderError(folder, error);
  }
}

/** False when there was no room for all that is there. */
async function lookAtEntry(options: DiscoveryOptions, visitor: Visitor, localPath: string): Promise<boolean> {
  const { env, prefix, problems, selection } = options;
  const entry = await env.files.look(localPath);
  const candidate =
    entry === null ? ({ localPath, kind: 'unknown' } as const) : candidateOf(localPath, entry);
  if (selection.leavesOutWithin(candidate) !== null) return true;
  const place = placeOf(localPath, prefix);
  const parent = placeOf(parentOf(localPath), prefix);
  suspectGone(options, place, entry);
  if (entry === null) {
    problems.delete(localPath);
  } else if (entry.kind === 'folder') {
    return await lookThrough(options, visitor, { folder: place, isRecursive: true });
  } else if (await mayHaveTwin(options, localPath, entry)) {
    // Only among its neighbours can be seen what is what.
    return await lookThrough(options, visitor, { folder: parent, isRecursive: false });
  } else {
    visitEntry(visitor, { selection, folder: parent }, entry);
  }
  return true;
}

/**
 * False when there was no room for all that is to be uploaded: a scan, which waits for room, finds the rest. What was moved
 * is found now, or it would be taken to be gone.
 */
async function lookThrough(
  options: DiscoveryOptions,
  visitor: Visitor,
  where: Pick<ScanOptions, 'folder' | 'isRecursive'>,
): Promise<boolean> {
  const { env, room } = options;
  let isAll = true;
  const careful: ScanVisitor = {
    ...visitor,
    onFile(file) {
      if (visitor.onFile(file, !room.isFull) === 'left') isAll = false;
    },
  };
  await scanFolder(env.files, careful, { ...options, ...where, waitForRoom: () => room.waitToMove() });
  return isAll;
}

/** What the server has, or is just asked to have, at a place or below it, where now is something else or nothing. */
function suspectGone(
  { env, list, moves, removals }: DiscoveryOptions,
  { path }: Place,
  entry: SeenEntry | null,
): void {
  const kind = entry?.kind ?? null;
  const isAskedFor = list.get(path)?.state === 'active' || moves.has(path);
  const mayHave = env.state.known(path) !== undefined || isAskedFor;
  if ((kind === null || kind === 'folder') && mayHave) removals.suspect([path]);
  if (kind === null) removals.suspect([...list.activeBelow(path), ...moves.below(path)]);
  if (kind === null || kind === 'file') removals.suspect(knownPathsBelow(env.state, path));
}

/**
 * True when a file of the same folder may bear the same name in another Unicode form. Looking for the usual
 * forms costs less than listing the folder for each of its files; a scan sees the unusual ones.
 */
async function mayHaveTwin(
  { env: { files, state }, prefix }: Pick<DiscoveryOptions, 'env' | 'prefix'>,
  localPath: string,
  entry: SeenEntry,
): Promise<boolean> {
  const name = nameOf(localPath);
  if (isPlainName(name)) return false;
  const known = state.known(placeOf(localPath, prefix).path);
  if (known !== undefined && known.localPath !== localPath) return true;
  const folder = localPath.slice(0, localPath.length - name.length);
  for (const form of [name.normalize('NFC'), name.normalize('NFD')]) {
    const other = form === name ? null : await files.look(folder + form);
    if (other !== null && !isSameFile(entry, other)) return true;
  }
  return false;
}

/** Some file systems find a file by each form of its name. */
function isSameFile(one: SeenEntry, other: SeenEntry): boolean {
  return one.kind === 'file' && other.kind === 'file' && one.stat.ino === other.stat.ino;
}
