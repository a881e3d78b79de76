import type { Readiness } from '@instashare/backend/monitoring';
import type { FastifyPluginAsync } from 'fastify';

const RETRY_AFTER_SECONDS = 2;

/** `/healthz`: the process answers. `/readyz`: database, queue and store answer as well. HEAD too, for who only looks at the status. */
export const healthRoutes: FastifyPluginAsync<{ readonly readiness: () => Promise<Readiness> }> = async (
  app,
  { readiness },
) => {
  const config = { access: 'public' } as const;

  app.get('/healthz', { config }, () => ({ status: 'ok' }));

  app.get('/readyz', { config }, async (_request, reply) => {
    const found = await readiness();
    if (found.status !== 'ok') void reply.header('retry-after', RETRY_AFTER_SECONDS);
    return reply.code(found.status === 'ok' ? 200 : 503).send(found);
  });
};
