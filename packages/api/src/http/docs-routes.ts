import { errors } from '@instashare/backend/errors';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { createOpenApiDocument } from '../openapi/document.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { createDocsAssets } from './docs-assets.ts';
import { DOCS_POLICY, DOCS_SCRIPT, renderDocs } from './docs-page.ts';
import { namesTag } from './entity-tags.ts';

/** What the page loads, by its name below `/docs/`. */
const ASSET_TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  [DOCS_SCRIPT]: 'text/javascript; charset=utf-8',
};
const paramsSchema = z.object({ asset: z.string() });

/** `GET /openapi.json`, and `GET /docs`: the same as a reference to read and to try, from this server alone. */
export const docsRoutes: FastifyPluginAsync<Pick<Dependencies, 'config'>> = async (
  app,
  { config: { publicUrl } },
) => {
  const config = { access: 'public' } as const;
  // Made when it is first asked for: most servers never are, and it takes longer than the rest of their start.
  let document: ReturnType<typeof createOpenApiDocument> | undefined;
  const readAsset = createDocsAssets();

  app.get(
    '/openapi.json',
    { config, exposeHeadRoute: false },
    () => (document ??= createOpenApiDocument(publicUrl)),
  );

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
    const { content, etag } = await readAsset(asset);
    void reply.headers({ 'cache-control': 'public, max-age=3600', etag });
    if (namesTag(request.headers['if-none-match'] ?? '', etag)) return reply.code(304).send();
    return reply.header('content-type', type).send(content);
  });
};
