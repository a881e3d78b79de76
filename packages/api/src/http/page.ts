import { createHash } from 'node:crypto';
import { escapeHtml as h } from './html.ts';

interface Page {
  readonly title: string;
  /** HTML. */
  readonly body: string;
  readonly style: string;
  /** HTML. */
  readonly footer: string;
}

/** A page of ours that runs no script, with one style. */
export const renderPage = ({ title, body, style, footer }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${h(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${body}
</main>
<footer>${footer}</footer>
</body>
</html>
`;

/** Nothing runs and nothing is loaded from elsewhere: one style, known by its hash, and what `own` allows of our address. */
export const pagePolicy = (style: string, own: readonly string[] = []): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    // data: for the icon, which is an empty one: browsers would ask for /favicon.ico.
    `img-src ${own.includes('img') ? "'self' data:" : 'data:'}`,
    ...(own.includes('media') ? ["media-src 'self'"] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
