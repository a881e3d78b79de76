import type { FastifyRequest } from 'fastify';

/** What can be the value of a cookie of ours. */
const VALUE = /^[\w.-]{1,100}$/;

interface PageCookie {
  readonly name: string;
  readonly value: string;
  /** Below the address that people use: it is sent to nothing but what is there. */
  readonly path: string;
  readonly sameSite: 'Lax' | 'Strict';
  /** null: until the browser is closed. */
  readonly expiresAt: Date | null;
}

/**
 * What a browser keeps under this name. There may be several: a page of a neighbouring address can set one for its whole
 * domain, and the browser does not say which of them is whose.
 */
export const cookiesOf = ({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string[] =>
  (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
    .filter((value) => VALUE.test(value));

/** As a path of the address that people use. */
export const publicPath = (publicUrl: string, path: string): string =>
  `${new URL(publicUrl).pathname.replace(/\/$/, '')}${path}`;

/** Never for a script, and over TLS where there is TLS. */
export function pageCookie(publicUrl: string, cookie: PageCookie): string {
  const { name, value, path, sameSite, expiresAt } = cookie;
  const lifetime = expiresAt === null ? '' : `; Expires=${expiresAt.toUTCString()}`;
  const secure = new URL(publicUrl).protocol === 'https:' ? '; Secure' : '';
  return `${name}=${value}; Path=${publicPath(publicUrl, path)}${lifetime}; HttpOnly; SameSite=${sameSite}${secure}`;
}
