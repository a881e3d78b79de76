import { extname } from 'node:path';

/** Some file systems take 255; the rest is for what programs put beside it (`.~lock.NAME#`). */
const MOST_BYTES = 200;
const MOST_ENDING_BYTES = 32;

/** What a system or a shell takes for something else than a part of a name, and what turns around how it is read. */
const UNFIT =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF<>:"/\\|?*]/gu;
const DEVICE_OF_WINDOWS = /^(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?=\.|$)/i;

/**
 * What a copy of a file of the server's is called here, on any system: its own name as far as it is fit for that, never
 * hidden, never empty, and with its ending, by which the system finds the program for it.
 */
export function copyNameOf(path: string): string {
  const own = path.slice(path.lastIndexOf('/') + 1).normalize('NFC');
  const name = own
    .replace(UNFIT, '_')
    .replace(/^[.\s-]+/u, '')
    .replace(/[.\s]+$/u, '')
    .replace(DEVICE_OF_WINDOWS, '_$1');
  return shorten(name === '' ? 'file' : name);
}

const bytesOf = (text: string): number => Buffer.byteLength(text);

function shorten(name: string): string {
  if (bytesOf(name) <= MOST_BYTES) return name;
  const extension = extname(name);
  const ending = bytesOf(extension) <= MOST_ENDING_BYTES ? extension : '';
  let stem = '';
  let left = MOST_BYTES - bytesOf(ending);
  for (const character of name.slice(0, name.length - ending.length)) {
    left -= bytesOf(character);
    if (left < 0) break;
    stem += character;
  }
  return `${stem}${ending}`;
}
