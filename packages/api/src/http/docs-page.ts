import { escapeHtml } from './html.ts';

/** Beside the page, as an address: browsers may run it, and nothing that stands in the page. */
export const DOCS_SCRIPT = 'init.js';

/**
 * Shows the document of the server that the page came from, and asks that one: the address by which somebody opened it
 * may be another than the one that clients are told.
 */
export const DOCS_SCRIPT_TEXT = `const base = new URL('.', location.href).href.replace(/\\/$/, '');
const spec = await (await fetch(base + '/openapi.json')).json();
SwaggerUIBundle({
  dom_id: '#reference',
  spec: { ...spec, servers: [{ url: base }] },
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  filter: true,
  persistAuthorization: false,
  requestSnippetsEnabled: true,
  validatorUrl: null,
});
`;

/** Everything comes from here, and requests go nowhere else. The library brings its pictures as data. */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The page of `GET /docs`. */
export function renderDocs(title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<script src="docs/swagger-ui-bundle.js" defer></script>
<script src="docs/${DOCS_SCRIPT}" type="module"></script>
</head>
<body>
<div id="reference"></div>
<noscript>This page needs JavaScript. The document itself is at <a href="openapi.json">openapi.json</a>.</noscript>
</body>
</html>
`;
}
