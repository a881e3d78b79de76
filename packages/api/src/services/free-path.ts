import { filePathProblem } from '@instashare/contracts';

/** Names that are offered for one that is taken: `a.txt` becomes `a (2).txt`, then `a (3).txt`. */
const OFFERED = 50;

/** Paths beside `path` for the same file, best first; none when its folder leaves no room for a longer name. */
export function alternativePaths(path: string): string[] {
  const nameStart = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  // A dot that starts the name is part of it.
  const stemEnd = dot > nameStart ? dot : path.length;
  const stem = path.slice(nameStart, stemEnd);
  return Array.from({ length: OFFERED }, (_, index) => {
    const ending = ` (${index + 2})${path.slice(stemEnd)}`;
    return fitted(path.slice(0, nameStart), Array.from(stem), ending);
  }).filter((alternative) => alternative !== null);
}

/** The name shortened by as many characters as it takes for the path to be one; null when none are left. */
function fitted(folder: string, stem: readonly string[], ending: string): string | null {
  for (let length = stem.length; length > 0; length -= 1) {
    const path = `${folder}${stem.slice(0, length).join('')}${ending}`.normalize('NFC');
    if (filePathProblem(path) === null) return path;
  }
  return null;
}
