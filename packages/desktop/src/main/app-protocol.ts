import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { contentTypeOf, pageFile, SCHEME } from './page-file.ts';

/** Only what the app itself brings: no inline script, no other origin, nothing embedded, nothing sent anywhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the page from `folder`, and nothing that does not lie in it. */
export function serveApp(folder: string): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const path = pageFile(folder, url);
    const bytes = path === null ? null : await readFile(path).catch(() => null);
    if (path === null || bytes === null) return new Response('There is nothing here', { status: 404 });
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': contentTypeOf(path) ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  });
}
