/** In any folder: what is not to be uploaded of it. The syntax is gitignore's. */
export const IGNORE_FILE = '.instashareignore';

/** A pattern, as it is written, and where it comes from. */
export interface IgnoreRule {
  readonly pattern: string;
  readonly from: 'default' | 'file' | 'option';
  /** Local path of the file that it stands in; null when it stands in none. */
  readonly file: string | null;
  /** Counted from 1. */
  readonly line: number | null;
}

/** What nobody wants uploaded, by names only. Each is in docs/sync.md, with its reason. A rule may take one back. */
export const DEFAULT_IGNORES: readonly string[] = [
  '.DS_Store',
  '[Tt]humbs.db',
  '[Dd]esktop.ini',
  '~$*',
  '.~lock.*#',
  '.*.swp',
  '*.crdownload',
  '.nfs*',
  '.fuse_hidden*',
  '.Trash-*/',
  '.Trashes/',
  '$RECYCLE.BIN/',
  'System Volume Information/',
  '.Spotlight-V100/',
  '.fseventsd/',
];

const ANY_DEFAULT = new RegExp(
  `^(?:${DEFAULT_IGNORES.map((pattern) =>
    pattern.replace(/\/$/, '').replaceAll(/[.$]/g, String.raw`\$&`).replaceAll('*', '.*'),
  ).join('|')})$`,
  'i',
);

/** False for nearly every name, and quickly: none of the defaults is about it. */
export function mayBeDefault(name: string): boolean {
  return ANY_DEFAULT.test(name);
}

export type ParsedIgnoreFile =
  | { readonly rules: readonly IgnoreRule[]; readonly problem: null }
  /** What is wrong, and where, for a person. */
  | { readonly rules: null; readonly problem: string };

/** Reads the text of an ignore file. One bad line makes all of it unusable: its author meant something by it. */
export function parseIgnoreFile(text: string, file: string): ParsedIgnoreFile {
  const rules: IgnoreRule[] = [];
  for (const [index, pattern] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (pattern.trim() === '' || pattern.startsWith('#')) continue;
    const line = index + 1;
    const problem = patternProblem(pattern);
    if (problem !== null) return { rules: null, problem: `line ${line} ("${pattern}") ${problem}` };
    rules.push({ pattern, from: 'file', file, line });
  }
  return { rules, problem: null };
}

/** Why a pattern can't be meant as it is written, where git would ignore it without a word; null when it can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.includes('\0')) return 'has a NUL character in it';
  if (/^!?\/*$/.test(pattern.trim())) return 'names nothing';
  const { endsInBackslash, hasOpenBracket } = read(pattern);
  if (endsInBackslash) return 'ends in a backslash';
  return hasOpenBracket ? 'opens a bracket that is not closed (a bracket in a name is written "\\[")' : null;
}

function read(pattern: string): { readonly endsInBackslash: boolean; readonly hasOpenBracket: boolean } {
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === '\\') {
      at += 1;
      if (at === pattern.length) return { endsInBackslash: true, hasOpenBracket: false };
    } else if (pattern[at] === '[') {
      const end = bracketEnd(pattern, at);
      if (end === null) return { endsInBackslash: false, hasOpenBracket: true };
      at = end;
    }
  }
  return { endsInBackslash: false, hasOpenBracket: false };
}

/** Where a bracket expression ends that begins at `start`; null when it does not. */
function bracketEnd(pattern: string, start: number): number | null {
  const rest = pattern.slice(start);
  // A bracket that comes first is one of the characters; so is one of a class, or behind a backslash.
  const found = /^\[[!^]?(?:\]|(?!\]))(?:\[:\w*:\]|\\.|(?!\[:\w*:\])[^\]\\])*\]/.exec(rest);
  return found === null ? null : start + found[0].length - 1;
}

/** The pattern that says of the whole tree what one says that stands in `folder` ('': the root of the tree). */
export function rebasePattern(pattern: string, folder: string): string {
  const isNegative = pattern.startsWith('!');
  const rest = isNegative ? pattern.slice(1) : pattern;
  if (folder === '') return pattern;
  // At its start only a backslash makes these two characters of a name.
  const body = rest.replace(/^\\([!#])/, '$1');
  const base = folder.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
  const isAnchored = body.trimEnd().replace(/\/$/, '').includes('/');
  const path = isAnchored ? body.replace(/^\//, '') : `**/${body}`;
  return `${isNegative ? '!' : ''}/${base}/${path}`;
}
