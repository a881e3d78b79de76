import { readFile } from 'node:fs/promises';
import { errors } from '@instashare/backend/errors';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { DOCS_POLICY, DOCS_SCRIPT, DOCS_SCRIPT_TEXT, renderDocs } from './docs-page.ts';

/** What the page loads, by its name below `/docs/`. */
const ASSET_TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  [DOCS_SCRIPT]: 'text/javascript; charset=utf-8',
};
const paramsSchema = z.object({ asset: z.string() });

/** `GET /docs`: the OpenAPI document as a reference to read and to try, from this server alone. */
export const docsRoutes: FastifyPluginAsync = async (app) => {
  const config = { access: 'public' } as const;

  app.get('/docs', { config, exposeHeadRoute: false }, async (_request, reply) =>
    reply
      .header('content-security-policy', DOCS_POLICY)
      .type('text/html; charset=utf-8')
      .send(renderDocs('Instashare API')),
  );

  app.get('/docs/:asset', { config, exposeHeadRoute: false }, async (request, reply) => {
    const { asset } = paramsSchema.parse(request.params);
    const type = Object.hasOwn(ASSET_TYPES, asset) ? ASSET_TYPES[asset] : undefined;
    if (type === undefined) throw errors.notFound();
    return reply
      .headers({ 'cache-control': 'public, max-age=3600', 'content-type': type })
      .send(await readAsset(asset));
  });
};

async function readAsset(asset: string): Promise<string | Buffer> {
  if (asset === DOCS_SCRIPT) return DOCS_SCRIPT_TEXT;
  return readFile(new URL(asset, import.meta.resolve('swagger-ui-dist/package.json')));
}
