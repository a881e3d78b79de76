import { errors } from '@instashare/backend/errors';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { type Access, requireAccess } from '../auth/access.ts';
import { authenticate } from '../auth/authenticate.ts';
import { type Admin, findAdmin } from '../auth/authenticate-admin.ts';
import type { Principal } from '../auth/principal.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { adminCookiesOf } from './admin/admin-cookie.ts';
import { requireOwnOrigin } from './admin/own-origin.ts';
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
    /** Which admin asks; null where others may. */
    admin: Admin | null;
  }
}

type GuardDependencies = Pick<
  Dependencies,
  'accessTokens' | 'adminSessions' | 'config' | 'credentials' | 'database' | 'now'
>;

/** Looks at every request, before its body is read, whether whoever sends it may; what an admin sends, once more after it. To be called before any route is added. */
export function guardRoutes(app: FastifyInstance, deps: GuardDependencies): void {
  const routes: RouteOptions[] = [];
  app.decorateRequest('principal', null);
  app.decorateRequest('admin', null);
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
    if (access === 'admin') {
      request.admin = await requireAdmin(deps, request);
      return;
    }
    const { authorization } = request.headers;
    const principal = await authenticate(deps, { authorization, origin: originOf(request) });
    requireAccess(principal, access);
    request.principal = principal;
  });
  // A body may take its time, and the flag or the session may go meanwhile.
  app.addHook('preHandler', async (request) => {
    const isForAdmins = !request.is404 && request.routeOptions.config.access === 'admin';
    if (isForAdmins && changesSomething(request)) request.admin = await requireAdmin(deps, request);
  });
}

const changesSomething = ({ method }: FastifyRequest): boolean => !['GET', 'HEAD'].includes(method);

/** A cookie comes by itself, so what changes something must come from a page of ours, too. */
async function requireAdmin(deps: GuardDependencies, request: FastifyRequest): Promise<Admin> {
  const admin = await lookForAdmin(deps, request);
  if (admin === null) throw errors.notFound();
  if (changesSomething(request)) requireOwnOrigin(request, deps.config.publicUrl);
  return admin;
}

/** The admin that asks; null for a stranger. Rejects as `findAdmin` does. */
export const lookForAdmin = (deps: GuardDependencies, request: FastifyRequest): Promise<Admin | null> =>
  findAdmin(deps, {
    cookies: adminCookiesOf(request),
    origin: originOf(request),
  });

/** All routes of this scope leave it to their procedures who may ask. */
export function leaveToProcedures(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'procedure' };
  });
}

/** Which admin asks at a route for admins. */
export function adminOf({ admin }: FastifyRequest): Admin {
  if (admin === null) throw new Error('a route that is not for admins asked which admin asks');
  return admin;
}

/** Who asks at a route that is not public. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new Error('a route that is public asked who asks');
  return principal;
}
