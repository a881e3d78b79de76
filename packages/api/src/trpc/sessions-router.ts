import {
  endedSessionsSchema,
  listSessionsInputSchema,
  listSessionsResultSchema,
  sessionIdInputSchema,
} from '@instashare/contracts';
import { z } from 'zod';
import { listSessions } from '../services/list-sessions.ts';
import { revokeOtherSessions } from '../services/revoke-other-sessions.ts';
import { revokeSession } from '../services/revoke-session.ts';
import { router, sessionProcedure } from './init.ts';

const tags = ['Sessions'];

export const sessionsRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/sessions',
        tags,
        protect: true,
        summary: 'List the sessions that are logged in, one for each device, the newest first',
        description:
          'Those of other devices, too. A device that was not used for long has expired and is not listed.',
      },
    })
    .input(listSessionsInputSchema)
    .output(listSessionsResultSchema)
    .query(({ ctx, input }) => listSessions(ctx.deps, ctx.principal, input)),

  revoke: sessionProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sessions/{id}',
        tags,
        protect: true,
        summary: 'End a session; its access and refresh tokens stop at once',
        description: 'As a log-out on that device would.',
      },
      errors: ['session_not_found'],
    })
    .input(sessionIdInputSchema)
    .output(z.object({}))
    .mutation(async ({ ctx, input }) => {
      await revokeSession(ctx.deps, ctx.principal, input);
      return {};
    }),

  revokeOthers: sessionProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/sessions/revoke_others',
        tags,
        protect: true,
        summary: 'End all sessions but the one that asks',
        description: 'Personal access tokens stay.',
      },
    })
    .input(z.object({}).optional())
    .output(endedSessionsSchema)
    .mutation(({ ctx }) => revokeOtherSessions(ctx.deps, ctx.principal)),
});
