import type { FastifyRequest } from 'fastify';
import { cookiesOf, pageCookie, publicPath } from '../page-cookie.ts';

/** Stands in the OpenAPI document, too. */
export const ADMIN_COOKIE = 'instashare-admin';

/** More than a browser of good will has. Each that is ours is looked up. */
const MOST_VALUES = 5;

/** What log-ins to the admin pages gave to the browser, or others would have us take for that. */
export const adminCookiesOf = (request: Pick<FastifyRequest, 'headers'>): string[] =>
  [...new Set(cookiesOf(request, ADMIN_COOKIE))].slice(0, MOST_VALUES);

/** Where the admin pages are, as a path of the address that people use. */
export const adminPath = (publicUrl: string): string => publicPath(publicUrl, '/admin');

/** Sent to the admin pages alone, and never from a page of another site. That the session has ended is told by the server. */
export const setAdminCookie = (publicUrl: string, value: string): string =>
  pageCookie(publicUrl, { ...COOKIE, value, expiresAt: null });

export const clearAdminCookie = (publicUrl: string): string =>
  pageCookie(publicUrl, { ...COOKIE, value: '', expiresAt: new Date(0) });

const COOKIE = { name: ADMIN_COOKIE, path: '/admin', sameSite: 'Strict' } as const;
