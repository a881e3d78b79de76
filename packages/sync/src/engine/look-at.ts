import { isPlainName, nameOf, type Place, parentOf, placeOf } from '../model/local-path.ts';
import type { DiscoveryOptions } from './discovery.ts';
import type { SeenEntry } from './environment.ts';
import { knownPathsBelow } from './known-paths.ts';
import { scanFolder, visitEntry } from './scan-folder.ts';
import type { Visitor } from './visitor.ts';

/** Looks at one place. Rejects when it, or a folder there, can't be read. */
export async function lookAt(
  options: DiscoveryOptions,
  visitor: Visitor,
  localPath: string,
): Promise<'tree' | 'other'> {
  const { env, isExcluded, prefix, problems } = options;
  if (isWithinExcluded(localPath, isExcluded)) return 'other';
  const entry = await env.files.look(localPath);
  const place = placeOf(localPath, prefix);
  const parent = placeOf(parentOf(localPath), prefix);
  suspectGone(options, place, entry);
  if (entry === null) {
    problems.delete(localPath);
  } else if (entry.kind === 'folder') {
    const { folders } = await scanFolder(env.files, visitor, {
      ...options,
      folder: place,
      isRecursive: true,
    });
    if (folders > 0) return 'tree';
  } else if (await mayHaveTwin(options, localPath, entry)) {
    // Only among its neighbours can be seen what is what.
    await scanFolder(env.files, visitor, { ...options, folder: parent, isRecursive: false });
  } else {
    visitEntry(visitor, { isExcluded, folder: parent }, entry);
  }
  return 'other';
}

/** What the server has at a place, or below it, where now is something else or nothing. */
function suspectGone({ env, removals }: DiscoveryOptions, { path }: Place, entry: SeenEntry | null): void {
  const kind = entry?.kind ?? null;
  if ((kind === null || kind === 'folder') && env.state.known(path) !== undefined) removals.suspect([path]);
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

/** True when the path, or a folder on the way to it, is excluded. */
export function isWithinExcluded(localPath: string, isExcluded: (localPath: string) => boolean): boolean {
  for (let end = localPath.indexOf('/'); end !== -1; end = localPath.indexOf('/', end + 1)) {
    if (isExcluded(localPath.slice(0, end))) return true;
  }
  return isExcluded(localPath);
}
