import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { expect, test } from 'vitest';
import { proceduresOf } from '../../../src/openapi/procedures-of.ts';
import { appRouter } from '../../../src/trpc/router.ts';
import { OPERATIONS } from '../../support/operations.ts';
import { startTestApi } from '../../support/test-api.ts';

/** Who may be asked by anyone. Whatever is added here, somebody has thought about. */
const OPEN_TO_ALL = [
  'POST /users/register',
  'POST /users/login',
  'POST /users/refresh',
  'GET /healthz',
  'HEAD /healthz',
  'GET /readyz',
  'HEAD /readyz',
  'GET /openapi.json',
  'GET /docs',
  'GET /docs/{asset}',
  // The signed address is the permission.
  'PUT /storage/uploads/{uploadId}',
  'DELETE /storage/uploads/{uploadId}',
  'GET /storage/objects/{owner}/{object}',
  'HEAD /storage/objects/{owner}/{object}',
  // And so is the link of a share.
  'GET /s/{token}',
  'POST /s/{token}',
  'GET /s/{token}/content',
  'HEAD /s/{token}/content',
  'GET /s/{token}/files/{id}/content',
  'HEAD /s/{token}/files/{id}/content',
  'GET /s/{token}/zip',
  // Here an admin is asked who it is.
  'GET /admin',
  'POST /admin/login',
];

/** A token that could do these could make itself another, or lock its owner out. */
const ACCOUNT_MATTERS = /^\/(account|audit|sessions|tokens|webhooks)(\/|$)|^\/users\/logout$/;

/** Runs `work` and gives every route that a server has which is made meanwhile. */
async function routesMadeBy(work: () => Promise<void>): Promise<RouteOptions[]> {
  const routes: RouteOptions[] = [];
  const listen = (message: unknown) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Fastify says on its channel
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      routes.push(route);
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    await work();
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
  return routes;
}

test('what is open to everyone is known by name', () => {
  const open = OPERATIONS.filter(({ access }) => access === 'public').map(({ name }) => name);
  expect(open.toSorted()).toEqual(OPEN_TO_ALL.toSorted());
});

test('account matters need a log-in, and nothing else does', () => {
  const wrong = OPERATIONS.filter(
    ({ access, path }) => ACCOUNT_MATTERS.test(path) !== (access === 'session'),
  ).map(({ name }) => name);
  expect(wrong).toEqual([]);
});

test('admin pages are for admins, but for those that ask who it is; and nothing else is', () => {
  const wrong = OPERATIONS.filter(
    ({ access, name, path }) =>
      (/^\/admin(\/|$)/.test(path) && !OPEN_TO_ALL.includes(name)) !== (access === 'admin'),
  ).map(({ name }) => name);
  expect(wrong).toEqual([]);
});

test('every procedure declares who may ask, and has a REST route but for subscriptions', () => {
  const silent = [...proceduresOf(appRouter)].filter(
    ([, { meta, type }]) =>
      typeof meta !== 'object' ||
      meta === null ||
      !('access' in meta) ||
      !('openapi' in meta || type === 'subscription'),
  );
  expect(silent.map(([name]) => name)).toEqual([]);
});

test('every route of raw bytes is in the document, with who may ask', async () => {
  const routes = await routesMadeBy(async () => {
    await (await startTestApi())[Symbol.asyncDispose]();
  });
  const documented = new Map(OPERATIONS.map(({ name, access }) => [name, access]));
  const served = routes.flatMap(({ method, url, config }) =>
    [method].flat().flatMap((verb) => {
      const path = url.replaceAll(/:(\w+)/g, '{$1}').replace('/objects/*', '/objects/{owner}/{object}');
      return config?.access === 'procedure' ? [] : [{ name: `${verb} ${path}`, access: config?.access }];
    }),
  );
  const ofProcedures = routes.filter(({ config }) => config?.access === 'procedure').map(({ url }) => url);
  expect([...new Set(ofProcedures)].toSorted()).toEqual(['/*', '/trpc/:path']);
  expect(served.length).toBeGreaterThan(10);
  expect(served).toEqual(served.map(({ name }) => ({ name, access: documented.get(name) })));
});
