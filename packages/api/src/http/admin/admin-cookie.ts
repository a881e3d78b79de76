import type { FastifyRequest } from 'fastify';

/** Stands in the OpenAPI document, too. */
export const ADMIN_COOKIE = 'instashare-admin';
const VALUE = new RegExp(`(?:^|;\\s*)${ADMIN_COOKIE}=([\\w.-]{1,100})(?:;|$)`);

/** What a log-in to the admin pages gave to the browser; empty: nothing. */
export const adminCookieOf = ({ headers }: Pick<FastifyRequest, 'headers'>): string =>
  VALUE.exec(headers.cookie ?? '')?.[1] ?? '';

/** Where the admin pages are, as a path of the address that people use. */
export const adminPath = (publicUrl: string): string =>
  `${new URL(publicUrl).pathname.replace(/\/$/, '')}/admin`;

/**
 * Sent to the admin pages alone, never to a script, never from a page of another site, and over TLS where there is TLS. Until
 * the browser is closed: that the session has ended is told by the server.
 */
export const setAdminCookie = (publicUrl: string, value: string): string => cookie(publicUrl, value, '');

export const clearAdminCookie = (publicUrl: string): string => cookie(publicUrl, '', '; Max-Age=0');

function cookie(publicUrl: string, value: string, lifetime: string): string {
  const secure = new URL(publicUrl).protocol === 'https:' ? '; Secure' : '';
  return `${ADMIN_COOKIE}=${value}; Path=${adminPath(publicUrl)}${lifetime}; HttpOnly; SameSite=Strict${secure}`;
}
