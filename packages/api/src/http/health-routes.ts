import type { FastifyPluginAsync } from 'fastify';

/** What must answer for this process to be of use; each rejects when it does not. */
export interface HealthChecks {
  readonly database: () => Promise<void>;
  readonly queue: () => Promise<void>;
  readonly objects: () => Promise<void>;
}

/** Probes come often and from many; the services are asked at most this often. */
const CACHE_MS = 1000;
const CHECK_TIMEOUT_MS = 3000;
const RETRY_AFTER_SECONDS = 2;

async function outcome(check: () => Promise<void>): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failed'>((resolve) => {
    timer = setTimeout(resolve, CHECK_TIMEOUT_MS, 'failed');
  });
  const checked = check().then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  const result = await Promise.race([checked, late]);
  clearTimeout(timer);
  return result;
}

/** `/healthz`: the process answers. `/readyz`: database, queue and store answer as well. */
export const healthRoutes: FastifyPluginAsync<HealthChecks> = async (app, checks) => {
  let cached: { readonly at: number; readonly result: ReturnType<typeof readiness> } | null = null;

  async function readiness() {
    const [database, queue, objects] = await Promise.all([
      outcome(checks.database),
      outcome(checks.queue),
      outcome(checks.objects),
    ]);
    const parts = { database, queue, objects };
    return { ready: Object.values(parts).every((part) => part === 'ok'), parts };
  }

  const config = { access: 'public' } as const;

  app.get('/healthz', { config }, () => ({ status: 'ok' }));

  app.get('/readyz', { config }, async (_request, reply) => {
    if (cached === null || Date.now() - cached.at > CACHE_MS)
      cached = { at: Date.now(), result: readiness() };
    const { ready, parts } = await cached.result;
    if (!ready) void reply.header('retry-after', RETRY_AFTER_SECONDS);
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', ...parts });
  });
};
