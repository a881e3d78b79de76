import { MAX_PATH_BYTES, MAX_PATH_PART_BYTES } from './limits.ts';

// C0 and C1 controls and DEL: they break terminals, headers and logs.
// oxlint-disable-next-line no-control-regex -- matching control characters is the purpose
export const CONTROL_CHARACTER = /[\u0000-\u001f\u007f-\u009f]/;

/** Bytes of `text` in UTF-8. Counted by hand because `contracts` knows neither Node's Buffer nor the DOM. */
export function utf8ByteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function partProblem(part: string): string | null {
  if (part === '') return 'must not start or end with "/" nor contain "//"';
  if (part === '.' || part === '..') return `must not contain the part "${part}"`;
  if (utf8ByteLength(part) > MAX_PATH_PART_BYTES) {
    return `has a name longer than ${MAX_PATH_PART_BYTES} bytes: "${part.slice(0, 40)}…"`;
  }
  return null;
}

/** Printable ASCII; no part of it is longer than a part may be. */
const PLAIN = new RegExp(`^[ -~]{1,${MAX_PATH_PART_BYTES}}$`);
const EMPTY_OR_DOTS = /(?:^|\/)\.{0,2}(?:\/|$)/;

/**
 * Why `path` can't be the path of a file, in words that follow "path "; null when it can.
 *
 * A path is relative, `/`-separated and in Unicode NFC, has no empty, `.` or `..` part and no control
 * character; each part is at most 255 bytes and the whole at most 1,024 bytes of UTF-8.
 */
export function filePathProblem(path: string): string | null {
  // Nearly all paths, of which a scan has thousands.
  if (PLAIN.test(path) && !EMPTY_OR_DOTS.test(path)) return null;
  if (path === '') return 'must not be empty';
  if (path.startsWith('/')) return 'must be relative: it must not start with "/"';
  if (!path.isWellFormed()) return 'must be valid Unicode';
  if (CONTROL_CHARACTER.test(path)) return 'must not contain control characters';
  if (path !== path.normalize('NFC')) return 'must be in Unicode NFC';
  if (utf8ByteLength(path) > MAX_PATH_BYTES) return `must be at most ${MAX_PATH_BYTES} bytes of UTF-8`;
  for (const part of path.split('/')) {
    const problem = partProblem(part);
    if (problem !== null) return problem;
  }
  return null;
}

/** `name` below `folder` (which may be empty, and may end with "/"). */
export function joinPath(folder: string, name: string): string {
  if (folder === '') return name;
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}
