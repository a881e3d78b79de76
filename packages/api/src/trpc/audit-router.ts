import { listAuditInputSchema, listAuditResultSchema } from '@instashare/contracts';
import { listAudit } from '../services/list-audit.ts';
import { router, sessionProcedure } from './init.ts';

export const auditRouter = router({
  list: sessionProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/audit',
        tags: ['Account'],
        protect: true,
        summary: 'List what happened to the account, the newest first',
        description: 'Log-ins and failures, tokens, the password, deletions: by whom and from where.',
      },
    })
    .input(listAuditInputSchema)
    .output(listAuditResultSchema)
    .query(({ ctx, input }) => listAudit(ctx.deps, ctx.principal.userId, input)),
});
