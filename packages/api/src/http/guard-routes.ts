import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Access, requireAccess } from '../auth/access.ts';
import { authenticate } from '../auth/authenticate.ts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { originOf } from './origin-of.ts';

/** `procedure`: the procedure that is called says it itself. */
type RouteAccess = Access | 'procedure';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask; see `auth/access.ts`. Every route says it: the server does not start with one that does not. */
    readonly access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Who asks; null where everyone may. */
    principal: Principal | null;
  }
}

/** Looks at every request, before its body is read, whether whoever sends it may. To be called before any route is added. */
export function guardRoutes(
  app: FastifyInstance,
  deps: Pick<Dependencies, 'accessTokens' | 'credentials'>,
): void {
  const routes: RouteOptions[] = [];
  app.decorateRequest('principal', null);
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', async () => {
    const silent = routes.find(({ config }) => config?.access === undefined);
    if (silent !== undefined) throw new Error(`${silent.url} does not say who may ask: config.access`);
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const { access } = request.routeOptions.config;
    if (access === 'public' || access === 'procedure') return;
    if (access === undefined) throw new Error('a route was added behind the guard');
    const { authorization } = request.headers;
    const principal = await authenticate(deps, { authorization, origin: originOf(request) });
    requireAccess(principal, access);
    request.principal = principal;
  });
}

/** All routes of this scope leave it to their procedures who may ask. */
export function leaveToProcedures(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'procedure' };
  });
}

/** Who asks at a route that is not public. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new Error('a route that is public asked who asks');
  return principal;
}
