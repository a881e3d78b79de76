import { extname, join, normalize, sep } from 'node:path';

export const SCHEME = 'app';
/** The page's one origin. */
export const APP_ORIGIN = `${SCHEME}://instashare`;
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** null for what is no part of a page. */
export const contentTypeOf = (path: string): string | null => TYPES[extname(path)] ?? null;

/** The file below `folder` that an address names; null when it names none of ours. */
export function pageFile(folder: string, address: string): string | null {
  const url = new URL(address);
  if (url.protocol !== `${SCHEME}:` || url.host !== 'instashare') return null;
  const path = normalize(join(folder, decodeURIComponent(url.pathname)));
  return path.startsWith(`${folder}${sep}`) && contentTypeOf(path) !== null ? path : null;
}
