import { filePathProblem } from '@instashare/contracts/rules';

/** A place in the watched folder: below that, as the file system spells it ('' is the folder itself), and on the server. */
export interface Place {
  readonly localPath: string;
  readonly path: string;
}

const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

/** The place of `name` in `folder`. The server knows one spelling (NFC) of what file systems spell in several. */
export function placeIn(folder: Place, name: string): Place {
  return { localPath: join(folder.localPath, name), path: join(folder.path, name.normalize('NFC')) };
}

/** The place of a local path of several parts, when the watched folder is `prefix` on the server ('': its root). */
export function placeOf(localPath: string, prefix: string): Place {
  if (localPath === '') return { localPath, path: prefix };
  return { localPath, path: join(prefix, localPath.normalize('NFC')) };
}

/** Why the server does not take a file of this name, for a person; null when it does. */
export function nameProblem(place: Place): string | null {
  // What Node puts for bytes that are not UTF-8; the real name can't be had, so the file can't be opened.
  const problem = filePathProblem(place.path);
  return problem === null ? null : `the server takes no such name: the path ${problem}`;
}

// oxlint-disable-next-line no-control-regex -- matching all of ASCII is the purpose
const ASCII_ONLY = /^[\u0000-\u007f]*$/;

/** True when no other name can have the same NFC form. */
export function isPlainName(name: string): boolean {
  return ASCII_ONLY.test(name);
}

/** Names of one folder that differ on disk and would be one name on the server. */
export function collidingNames(names: Iterable<string>): ReadonlySet<string> {
  const byForm = new Map<string, string>();
  const colliding = new Set<string>();
  for (const name of names) {
    const form = name.normalize('NFC');
    const first = byForm.get(form);
    if (first === undefined) byForm.set(form, name);
    else colliding.add(first).add(name);
  }
  return colliding;
}

export function parentOf(localPath: string): string {
  const slash = localPath.lastIndexOf('/');
  return slash === -1 ? '' : localPath.slice(0, slash);
}

export function nameOf(localPath: string): string {
  return localPath.slice(localPath.lastIndexOf('/') + 1);
}

/** The folders that a path lies in, the outermost first, without the root. */
export function ancestorsOf(path: string): string[] {
  const ancestors: string[] = [];
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    ancestors.push(path.slice(0, end));
  }
  return ancestors;
}
