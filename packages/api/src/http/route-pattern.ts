import type { FastifyRequest } from 'fastify';
import { proceduresOf } from '../openapi/procedures-of.ts';
import { appRouter } from '../trpc/router.ts';

/** The pattern of the route that a request is for: one of as many as there are routes, whatever is asked for. */
export type RoutePattern = (
  request: Pick<FastifyRequest, 'is404' | 'method' | 'routeOptions' | 'url'>,
) => string;

/** What leads nowhere. */
const NOWHERE = 'none';
const TRPC = '/trpc/';
/** The adapter's one route for everything. */
const REST = /^\/*\*$/;

interface RestRoute {
  readonly method: string;
  readonly path: string;
  readonly matches: RegExp;
}

/** Procedures are served by two routes that take every path: theirs are known from the router. */
export function createRoutePattern(): RoutePattern {
  const procedures = proceduresOf(appRouter);
  const restRoutes = [...procedures.values()].flatMap(({ meta }) => toRestRoute(meta) ?? []);

  return ({ is404, method, routeOptions, url }) => {
    const { url: pattern } = routeOptions;
    if (is404 || pattern === undefined) return NOWHERE;
    const path = url.split('?', 1)[0] ?? '';
    if (pattern.startsWith(TRPC)) return trpcPattern(decode(path.slice(TRPC.length)), procedures);
    if (!REST.test(pattern)) return pattern.replaceAll(/:(\w+)/g, '{$1}');
    return restRoutes.find((route) => route.method === method && route.matches.test(path))?.path ?? NOWHERE;
  };
}

function trpcPattern(names: string, procedures: ReadonlyMap<string, unknown>): string {
  if (procedures.has(names)) return `${TRPC}${names}`;
  return names.split(',').every((name) => procedures.has(name)) ? `${TRPC}{batch}` : NOWHERE;
}

function toRestRoute(meta: unknown): RestRoute | null {
  if (typeof meta !== 'object' || meta === null || !('openapi' in meta)) return null;
  const { openapi } = meta;
  if (typeof openapi !== 'object' || openapi === null || !('method' in openapi) || !('path' in openapi))
    return null;
  const { method, path } = openapi;
  if (typeof method !== 'string' || typeof path !== 'string') return null;
  // The adapter takes no notice of case, and of a slash at the end.
  const matches = new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}/?$`, 'i');
  return { method, path, matches };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
