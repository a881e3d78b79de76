/** The first text that comes after every text starting with `prefix`, by code points; null when there is none. */
export function prefixEnd(prefix: string): string | null {
  const codePoints = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  for (let last = codePoints.pop(); last !== undefined; last = codePoints.pop()) {
    // Surrogates are no characters: step over them.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    if (next <= 0x10ffff) return String.fromCodePoint(...codePoints, next);
  }
  return null;
}

/** What comes right after all paths in the folder `folder`, which ends with "/": "0" follows "/". */
export const folderEnd = (folder: string): string => `${folder.slice(0, -1)}0`;
