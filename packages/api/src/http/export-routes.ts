import { toReadable } from '@instashare/backend/streams';
import type { FastifyPluginAsync } from 'fastify';
import { requireSession } from '../auth/access.ts';
import type { Dependencies } from '../services/dependencies.ts';
import { exportAccount } from '../services/export-account.ts';
import { principalOf } from './guard-routes.ts';

type Used = Pick<Dependencies, 'database' | 'newId' | 'now'>;

/** `GET /account/export`: everything that is known of the account, as lines of JSON, streamed. */
export const exportRoutes: FastifyPluginAsync<Used> = async (app, deps) => {
  app.route({
    // By name: a HEAD that Fastify added would export all of it for nothing.
    method: 'GET',
    exposeHeadRoute: false,
    url: '/account/export',
    config: { access: 'session' },
    handler: async (request, reply) => {
      const lines = await exportAccount(deps, requireSession(principalOf(request)));
      void reply.headers({
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="instashare-export.jsonl"',
        'content-type': 'application/jsonl; charset=utf-8',
      });
      return reply.send(toReadable(lines));
    },
  });
};
